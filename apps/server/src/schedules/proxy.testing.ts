import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to the database that can be cut. */
export interface Way {
  port: number;
  /** Breaks every connection, and every new one, until it is healed. */
  cut(): void;
  /** Lets nothing pass, and tells nobody, until it is healed. */
  freeze(): void;
  heal(): void;
  close(): void;
}

/** How fast bytes come back, so that an export takes long enough for something to happen to it: bytes in a millisecond. */
const PACE = 300;

/** How many milliseconds every message takes to the database, so that it may still be under way when that is out of reach. */
const DELAY = 30;

/** Opens a way to a port of this machine. */
export async function openProxy(to: number): Promise<Way> {
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let thaw = () => {};
  let thawed: Promise<void> = Promise.resolve();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    if (state === 'frozen') socket.pause();
  };
  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    keep(near);
    keep(far);
    near
      .on('data', async (bytes) => {
        await sleep(DELAY);
        await thawed;
        far.write(bytes);
      })
      .on('close', () => far.destroy());
    far
      .on('data', async (bytes) => {
        near.write(bytes);
        if (bytes.length < PACE) return;
        far.pause();
        await sleep(bytes.length / PACE);
        if (state !== 'frozen') far.resume();
      })
      .on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      state = 'cut';
      thaw();
      for (const socket of sockets) socket.destroy();
    },
    freeze() {
      if (state !== 'frozen')
        thawed = new Promise((resolve) => {
          thaw = resolve;
        });
      state = 'frozen';
      for (const socket of sockets) socket.pause();
    },
    heal() {
      state = 'open';
      thaw();
      for (const socket of sockets) socket.resume();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

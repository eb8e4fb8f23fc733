import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Answer, createFakeService, type FakeService } from './fake-service.ts';

/** What the proxy does to one exchange. */
export type Fault =
  | 'none'
  | 'refuse' // closes before the service sees the request
  | 'lose' // closes when the service has answered
  | 'cut' // closes at a random byte of the answer
  | 'stall' // never answers
  | 'stallInside' // stops at a random byte
  | 'drip' // sends a few bytes at a time
  | 'status' // answers 429, 502, 503 or 504 itself
  | 'gateway' // answers 504 after the service has answered
  | 'truncate' // leaves the end out, and says a length that fits
  | 'long' // says a length that is too long
  | 'short' // says a length that is too short
  | 'redirect' // to another origin
  | 'redirectToPage'; // to another origin, which has a page that asks for a login

export const faults: Fault[] = [
  ...(['none', 'refuse', 'lose', 'cut', 'stall', 'stallInside', 'drip', 'status', 'gateway'] as const),
  ...(['truncate', 'long', 'short', 'redirect', 'redirectToPage'] as const),
];

interface Options {
  service: FakeService;
  /** The fault of the next exchange. */
  next: () => Fault;
  /** A number from 0 up to 1. */
  random: () => number;
  /** Makes the time-outs that are running come. */
  timeOut: () => void;
}

/** Listens for one request a connection, as raw bytes, so that anything can be done to the answer. */
async function listen(answer: (head: string, socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes;
      if (head.endsWith('\r\n\r\n')) answer(head, socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

const bytesOf = ({ status, headers, body }: Answer, length = body.length) =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status} X\r\n${Object.entries({ ...headers, 'Content-Length': length, Connection: 'close' })
        .map((header) => `${header.join(': ')}\r\n`)
        .join('')}\r\n`,
    ),
    body,
  ]);

/** A proxy that injects faults, and the other origin to which it may redirect. Every run of one seed is the same. */
export async function startFaultProxy({ service, next, random, timeOut }: Options) {
  const leaks: string[] = [];
  const other = await listen((head, socket) => {
    if (/^(authorization|x-auth-token|x-security-token|x-sdk-date|x-project-id):/im.test(head))
      leaks.push(head);
    const page = { status: 200, headers: {}, body: Buffer.from('<!DOCTYPE html><title>Log in</title>') };
    socket.end(
      bytesOf(head.startsWith('GET /page') ? page : service.answer(head.replace('/store', ''), true)),
    );
  });
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from));

  const drip = (socket: Socket, bytes: Buffer) => {
    if (socket.destroyed) return;
    const size = between(1, 2000);
    socket.write(bytes.subarray(0, size));
    if (bytes.length > size) setImmediate(drip, socket, bytes.subarray(size));
    else socket.end();
  };
  /** Lets time-outs come, now and then, until the connection is given up. */
  const stall = (socket: Socket, turns = 1) => {
    if (socket.destroyed) return;
    if (turns % 20 === 0) timeOut();
    setImmediate(stall, socket, turns + 1);
  };
  const proxy = await listen((head, socket) => {
    const fault = next();
    const send = (answer: Answer, length?: number) => socket.end(bytesOf(answer, length));
    if (fault === 'refuse') return socket.destroy();
    if (fault === 'status') {
      const status = [429, 502, 503, 504][between(0, 4)]!;
      const headers = { ...(random() < 0.5 && { 'Retry-After': between(1, 9) }), Date: service.date() };
      return send({ status, headers, body: Buffer.alloc(0) });
    }
    if (fault.startsWith('redirect')) {
      const place = fault === 'redirect' ? `/store${head.split(' ')[1]}` : '/page';
      return send({ status: 302, headers: { Location: other.url + place }, body: Buffer.alloc(0) });
    }
    const answer = service.answer(head);
    const whole = bytesOf(answer);
    const { body } = answer;
    switch (fault) {
      case 'lose':
        return socket.destroy();
      case 'gateway':
        return send({ status: 504, headers: {}, body: Buffer.alloc(0) });
      case 'cut':
        return socket.end(whole.subarray(0, between(0, whole.length)));
      case 'stall':
        return stall(socket);
      case 'stallInside':
        socket.write(whole.subarray(0, between(1, whole.length)));
        return stall(socket);
      case 'drip':
        return drip(socket, whole);
      case 'truncate':
        return send({ ...answer, body: body.subarray(0, between(0, body.length)) });
      case 'long':
        return send(answer, body.length + between(1, 500));
      case 'short':
        return send(answer, between(0, body.length));
      default:
        return socket.end(whole);
    }
  });
  const close = () => {
    proxy.close();
    other.close();
  };
  return { url: proxy.url, leaks, close };
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export { createFakeService };

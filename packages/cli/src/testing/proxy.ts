import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before a server: asks it for a fault with the start of each export, and holds each download back after its first piece, if told
 * to.
 */
export async function startProxy(target: string, { fault = '', hold = false }) {
  const server = createServer((incoming, outgoing) => {
    const { url = '', method } = incoming;
    const headers = { ...incoming.headers };
    if (fault && url.includes('/connections/export')) headers['x-sandbox-fault'] = fault;
    const forwarded = request(`${target}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      if (hold && url.includes('/download'))
        answer.once('data', (piece) => outgoing.write(piece.subarray(0, 1000)));
      else answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
    outgoing.on('close', () => forwarded.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

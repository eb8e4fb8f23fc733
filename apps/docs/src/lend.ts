import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Lends a document to the first who asks for it, at the address it resolves with.
 *
 * starlight-openapi takes its document from a file or from an address, and loses a file whose path has a blank in it.
 */
export async function lend(document: object): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', Connection: 'close' });
    response.end(JSON.stringify(document));
    server.close();
  });
  // A command that never asks, `astro sync` for example, ends without waiting for it.
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
}

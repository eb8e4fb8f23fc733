// A server that does nothing but answer: with what it is told to, whatever it is asked.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [head = '{}', body = ''] = process.argv.slice(2);
const headers = JSON.parse(head);
const server = createServer((_, response) => response.writeHead(200, headers).end(body));
server.listen(0, '127.0.0.1', () => {
  console.log(`The server answers at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

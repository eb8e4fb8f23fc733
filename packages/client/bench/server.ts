// A server in a process of its own: a list of tasks, and a file of a gigabyte that never touches a disk.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const list = JSON.stringify({
  export_tasks: [{ task_id: 'a', status: 'SUCCESS', file_name: 'a.csv' }],
  count: 1,
});
const piece = Buffer.alloc(1 << 20, 'Connected User,Desktop Name\r\n');
const pieces = 1024;

const server = createServer((request, response) => {
  if (!request.url?.endsWith('/download')) {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': list.length }).end(list);
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'text/csv',
    'Content-Length': piece.length * pieces,
    ETag: '"1"',
  });
  let sent = 0;
  const send = () => {
    while (sent < pieces) {
      sent++;
      if (!response.write(piece)) return void response.once('drain', send);
    }
    response.end();
  };
  send();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));

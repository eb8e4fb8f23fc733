import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { akSk, createClient, downloadExport, token, unwrap } from '../index.ts';
import { keepAlive } from './index.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let answer: Handler;
let ports: (number | undefined)[];
const server = createServer((request, response) => {
  ports.push(request.socket.remotePort);
  answer(request, response);
});
let baseUrl: string;
beforeEach(async () => {
  ports = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const list = JSON.stringify({ export_tasks: [], count: 0 });
const clientOf = (options = {}) =>
  createClient({ baseUrl, projectId: 'p', credentials: token('t'), fetch: keepAlive, ...options });
const never = { retry: { retries: 0 } };

describe('keepAlive', () => {
  test('sends one request after the other over the same connection', async () => {
    answer = (_, response) => response.end(list);
    const { operations } = clientOf();
    for (let call = 0; call < 3; call++) unwrap(await operations.listExportTasks({ limit: 5 }));
    expect(new Set(ports).size).toBe(1);
    expect(ports).toHaveLength(3);
  });

  test('sends what was signed: the path, the query, the headers and the body', async () => {
    const seen: unknown[] = [];
    answer = async (request, response) => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: (await request.toArray()).join('') });
      response.end(list);
    };
    const { operations } = clientOf({ credentials: akSk({ ak: 'AK', sk: 'SK' }) });
    unwrap(await operations.listExportTasks({ file_name: '张 3&#.csv' }));
    unwrap(await operations.deleteExportTasks(['a', '张']));
    const headers = expect.objectContaining({
      host: baseUrl.slice(7),
      'x-project-id': 'p',
      'accept-encoding': 'identity',
      authorization: expect.stringContaining('SignedHeaders='),
    });
    expect(seen).toEqual([
      { method: 'GET', url: '/v2/p/export-tasks?file_name=%E5%BC%A0%203%26%23.csv', headers, body: '' },
      { method: 'POST', url: '/v2/p/export-tasks/batch-delete', headers, body: '{"task_ids":["a","张"]}' },
    ]);
  });

  test('takes a Request, too, as credentials of somebody else need one', async () => {
    answer = (request, response) =>
      response.end(JSON.stringify({ export_tasks: [request.headers['x-mine']] }));
    const authenticate = async (request: Request) => request.headers.append('X-Mine', '1');
    const { operations } = clientOf({ credentials: { authenticate } });
    expect(unwrap(await operations.listExportTasks()).export_tasks).toEqual(['1']);
  });

  test.each([
    ['gzip', gzipSync(list)],
    ['deflate', deflateSync(list)],
    ['br', brotliCompressSync(list)],
    ['identity', Buffer.from(list)],
    ['identity', Buffer.from(`\ufeff${list}`)],
  ])('reads what comes as %s, though nobody asked', async (encoding, body) => {
    answer = (_, response) => response.writeHead(200, { 'Content-Encoding': encoding }).end(body);
    expect(unwrap(await clientOf().operations.listExportTasks())).toEqual({ export_tasks: [], count: 0 });
  });

  test('fails as fetch does where nobody listens, and where the answer breaks off', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'Content-Length': 99 }).write('{', () => response.destroy());
    const broken = clientOf().operations.listExportTasks({}, never);
    await expect(broken).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    const { operations } = clientOf({ baseUrl: 'http://127.0.0.1:1' });
    await expect(operations.listExportTasks({}, never)).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  test('breaks the connection when the signal aborts before the answer', async () => {
    const controller = new AbortController();
    const closed = new Promise((resolve) => {
      answer = ({ socket }) => {
        socket.on('close', resolve);
        controller.abort('enough');
      };
    });
    const { signal } = controller;
    await expect(clientOf().operations.listExportTasks({}, { signal })).rejects.toBe('enough');
    await closed;
  });

  test('breaks the connection when the signal aborts inside a file', async () => {
    const controller = new AbortController();
    const closed = new Promise((resolve) => {
      answer = ({ socket }, response) => {
        socket.on('close', resolve);
        response.writeHead(200, { 'Content-Length': 99 }).write('Connected User\n');
      };
    });
    const { signal } = controller;
    const reader = unwrap(await clientOf().operations.downloadExportFile('a', { signal })).getReader();
    await reader.read();
    controller.abort('enough');
    await expect(reader.read()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await closed;
  });

  test('leaves a redirect to the client, which keeps the credentials at home', async () => {
    let elsewhere: unknown;
    const store = createServer(({ headers, url }, response) => {
      elsewhere = { token: headers['x-auth-token'], url };
      response.end('Connected User\n');
    }).listen(0, '127.0.0.1');
    await once(store, 'listening');
    const { port } = store.address() as AddressInfo;
    answer = (_, response) =>
      response.writeHead(302, { Location: `http://127.0.0.1:${port}/file?a=b#c` }).end();
    const file = await downloadExport(clientOf(), 'a');
    expect(await new Response(file.stream).text()).toBe('Connected User\n');
    expect(elsewhere).toEqual({ token: undefined, url: '/file?a=b' });
    store.closeAllConnections();
    store.close();
  });

  test('holds the service back when nobody reads, and lets go of it when the stream is cancelled', async () => {
    const piece = Buffer.alloc(1 << 20, 'Connected User\n');
    let sent = 0;
    const closed = new Promise((resolve) => {
      answer = (_, response) => {
        response.on('close', resolve);
        const send = () => {
          while (response.write(piece)) sent += piece.length;
          response.once('drain', send);
        };
        send();
      };
    });
    const { stream } = await downloadExport(clientOf(), 'a');
    const reader = stream.getReader();
    for (let read = 0; read < 100; read++) await reader.read();
    await reader.cancel();
    await closed;
    expect(sent).toBeLessThan(64 * piece.length);
  });

  test('has the headers of an answer, and all of those that come twice', async () => {
    answer = (_, response) =>
      response.setHeader('Set-Cookie', ['a=1', 'b=2']).setHeader('Retry-After', '7').end(list);
    const { response } = await clientOf().operations.listExportTasks();
    expect(response.headers.get('Retry-After')).toBe('7');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});

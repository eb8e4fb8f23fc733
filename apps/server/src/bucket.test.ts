// A server whose files are in a bucket: exports and downloads, and what becomes of them when the storage is out of order.
import { createHash } from 'node:crypto';
import {
  createClient,
  downloadExport,
  startExport,
  token,
  unwrap,
  waitForExport,
} from '@connection-records/client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Passing, type Storage, startStorage } from './files/s3.testing.ts';
import { seedRecords } from './seed/seed.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const accounts = [{ name: 'reader', token: 'a-token', projects: ['*'], actions: ['*'] }];

vi.stubEnv('AWS_ACCESS_KEY_ID', 'an-access-key');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-key');

let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.close());

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
async function start(options: Partial<ServerOptions> = {}) {
  const files = storage.bucket();
  const server = await startServer({ accounts, format: 'csv', files, lease: 1000, ...options });
  open.push(server);
  await server.store.addRecords(projectId, [
    ...seedRecords({ rows: 2000, projectId, seed: 1, now: Date.now() }),
  ]);
  return server;
}
const clientOf = (server: Server) =>
  createClient({ baseUrl: server.url, projectId, credentials: token('a-token') });
const isFile = ({ method, url }: Passing) => method === 'PUT' && url.includes('.csv');

async function exported(server: Server) {
  const client = clientOf(server);
  const taskId = await startExport(client);
  await waitForExport(client, taskId);
  return { client, taskId };
}
/** The file as it comes, and what the server says that its SHA-256 is. */
async function download(server: Server, taskId: string, headers: Record<string, string> = {}) {
  const path = `/v2/${projectId}/export-tasks/${taskId}/download`;
  return fetch(`${server.url}${path}`, {
    headers: { 'X-Auth-Token': 'a-token', ...headers },
    redirect: 'manual',
  });
}

describe('a server whose files are in a bucket', () => {
  test('exports into it, and sends files and parts of them from it', async () => {
    const server = await start();
    const { taskId } = await exported(server);
    const whole = await download(server, taskId);
    const content = Buffer.from(await whole.arrayBuffer());
    const digest = createHash('sha256').update(content).digest('base64');
    expect([whole.status, whole.headers.get('Repr-Digest')]).toEqual([200, `sha-256=:${digest}:`]);
    expect(content.toString().split('\r\n').length).toBeGreaterThan(1000);
    const part = await download(server, taskId, { Range: 'bytes=10-19' });
    expect([part.status, await part.text()]).toEqual([206, content.subarray(10, 20).toString()]);
  });

  test('removes the file with its task', async () => {
    const server = await start();
    const { client, taskId } = await exported(server);
    await unwrap(client.operations.deleteExportTasks([taskId]));
    expect(storage.asked.at(-1)).toMatchObject({ method: 'DELETE', url: expect.stringContaining(taskId) });
  });

  test('answers 404 for a file that the bucket has removed by a rule of its own', async () => {
    const server = await start();
    const { taskId } = await exported(server);
    const { url, headers } = storage.asked.find(isFile)!;
    await fetch(`http://${headers.host}${url.split('?')[0]}`, { method: 'DELETE' });
    const answer = await download(server, taskId);
    expect([answer.status, (await answer.json()).error_msg]).toEqual([
      404,
      expect.stringContaining('expired'),
    ]);
  });

  test('gives out links instead of files where it may, which the client follows without its credentials', async () => {
    const server = await start({ redirectDownloads: true });
    const { client, taskId } = await exported(server);
    const answer = await download(server, taskId);
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([302, 'no-store']);
    const link = new URL(answer.headers.get('Location')!);
    expect(link.searchParams.get('response-content-disposition')).toMatch(/"connection-records-\d+\.csv"/);
    expect(link.searchParams.get('response-content-type')).toBe('text/csv; charset=utf-8');
    const file = await downloadExport(client, taskId);
    expect((await new Response(file.stream).bytes()).length).toBeGreaterThan(10_000);
    expect(storage.asked.at(-1)!.headers['x-auth-token']).toBeUndefined();
  });
});

describe('where the storage is out of order', () => {
  test('a server says that it is not ready, and lives', async () => {
    const server = await start();
    storage.disturb(() => ({ status: 503, code: 'SlowDown' }));
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, (await ready.json()).checks]).toEqual([503, { store: 'ok', files: 'failing' }]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    storage.disturb(() => undefined);
  });

  test('an export is tried again until it is in order, and then its file is complete', async () => {
    const server = await start();
    let failures = 0;
    storage.disturb((request) => {
      if (!isFile(request) || failures >= 4) return undefined;
      return failures++ % 2 === 0 ? { status: 500, code: 'InternalError' } : 'cut';
    });
    const { taskId } = await exported(server);
    expect(failures).toBe(4);
    const answer = await download(server, taskId);
    const content = Buffer.from(await answer.arrayBuffer());
    const digest = createHash('sha256').update(content).digest('base64');
    expect(answer.headers.get('Repr-Digest')).toBe(`sha-256=:${digest}:`);
  });

  test('an export fails where it is full, and says so', async () => {
    const server = await start();
    storage.disturb((request) =>
      isFile(request) ? { status: 507, code: 'InsufficientStorage' } : undefined,
    );
    const client = clientOf(server);
    const taskId = await startExport(client);
    await expect(waitForExport(client, taskId)).rejects.toMatchObject({
      outcome: 'FAIL',
      fail_reason: expect.stringContaining('The object storage answered 507'),
    });
    expect((await download(server, taskId)).status).toBe(404);
  });

  test('a download that cannot begin is an error, and has nothing of the file', async () => {
    const server = await start();
    const { taskId } = await exported(server);
    storage.disturb(({ method }) => (method === 'GET' ? { status: 500, code: 'InternalError' } : undefined));
    const answer = await download(server, taskId);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      503,
      expect.stringMatching(/^application\/json/),
    ]);
    expect([answer.headers.get('ETag'), answer.headers.get('Repr-Digest')]).toEqual([null, null]);
    expect(await answer.json()).toMatchObject({ error_code: expect.any(String) });
  });

  test('a download that breaks off is cut, so that nobody takes a part for the whole', async () => {
    const server = await start();
    const { taskId } = await exported(server);
    storage.disturb(({ method }) => (method === 'GET' ? 'cut the answer in two' : undefined));
    const answer = await download(server, taskId);
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });
});

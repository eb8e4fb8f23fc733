import {
  type ConnectionRecordsClient,
  createClient,
  downloadExport,
  startExport,
  token,
  unwrap,
  waitForExport,
} from '@connection-records/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedRecords } from './seed/seed.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const everybody = { projects: ['*'], actions: ['*'] };
const accounts = [
  { name: 'reader', token: 'a-token', ...everybody },
  { name: 'stranger', token: 'another-token', projects: ['another-project'], actions: ['*'] },
];

const start = async (options: Partial<ServerOptions> = {}, rows = 500) => {
  const server = await startServer({ accounts, format: 'csv', sandbox: true, ...options });
  await server.store.addRecords(projectId, [...seedRecords({ rows, projectId, seed: 1, now: Date.now() })]);
  return server;
};
const clientOf = (server: Server, secret = 'a-token', project = projectId): ConnectionRecordsClient =>
  createClient({
    baseUrl: server.url,
    projectId: project,
    credentials: token(secret),
    clock: { now: Date.now, sleep: () => new Promise((resolve) => setImmediate(resolve)) },
  });

let server: Server;
let client: ConnectionRecordsClient;
beforeAll(async () => {
  server = await start();
  client = clientOf(server);
});
afterAll(() => server.close());

const headersOf = { 'X-Auth-Token': 'a-token' };
const call = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(`${server.url}${path.replace('{p}', projectId)}`, { ...init, headers: { ...headersOf, ...headers } });
const startPath = '/v3/{p}/desktops/connections/export';

describe('an export', () => {
  test('goes from its start to its file, in either language, with a row for each record of the list', async () => {
    const { records, total_count } = unwrap(await client.operations.listConnectionRecords({ limit: 1000 }));
    expect(records).toHaveLength(total_count);
    for (const [language, header, yes] of [
      ['en_US', 'Connected User', 'Yes'],
      ['zh_CN', '连接用户', '是'],
    ] as const) {
      const taskId = await startExport(client, { language });
      const task = await waitForExport(client, taskId);
      expect(task).toMatchObject({ task_id: taskId, status: 'SUCCESS', is_download: false });
      const file = await downloadExport(client, taskId);
      expect(file).toMatchObject({ fileName: task.file_name, mediaType: 'text/csv' });
      const text = await new Response(file.stream).text();
      expect(text).toContain(header);
      expect(text).toContain(yes);
      for (const { connection_start_time } of records.slice(0, 20))
        expect(text).toContain(connection_start_time);
      expect((await waitForExport(client, taskId)).is_download).toBe(true);
    }
  });

  test('is a workbook unless the server says otherwise', async () => {
    const other = await start({ format: 'xlsx' }, 10);
    const otherClient = clientOf(other);
    const taskId = await startExport(otherClient);
    await waitForExport(otherClient, taskId);
    const file = await downloadExport(otherClient, taskId);
    expect(file).toMatchObject({
      fileName: expect.stringMatching(/\.xlsx$/),
      mediaType: expect.stringContaining('spreadsheetml'),
    });
    await other.close();
  });

  test('of another project cannot be seen, downloaded or deleted', async () => {
    const taskId = await startExport(client);
    await waitForExport(client, taskId);
    const stranger = clientOf(server, 'another-token', 'another-project');
    expect(unwrap(await stranger.operations.listExportTasks({ task_id: taskId })).count).toBe(0);
    await expect(downloadExport(stranger, taskId)).rejects.toMatchObject({ status: 404 });
    await unwrap(stranger.operations.deleteExportTasks([taskId]));
    expect((await waitForExport(client, taskId)).status).toBe('SUCCESS');
    await expect(startExport(clientOf(server, 'another-token'))).rejects.toMatchObject({ status: 403 });
  });

  test('that is deleted is gone, and deleting it again changes nothing', async () => {
    const taskId = await startExport(client);
    await unwrap(client.operations.deleteExportTasks([taskId]));
    await unwrap(client.operations.deleteExportTasks([taskId]));
    expect(unwrap(await client.operations.listExportTasks({ task_id: taskId })).count).toBe(0);
    await expect(downloadExport(client, taskId)).rejects.toMatchObject({ status: 404 });
  });
});

describe('a download', () => {
  let path: string;
  let whole: Buffer;
  beforeAll(async () => {
    const taskId = await startExport(client);
    await waitForExport(client, taskId);
    path = `/v2/{p}/export-tasks/${taskId}/download`;
    whole = Buffer.from(await (await call(path)).arrayBuffer());
  });

  test('says its size, its tag and its digest', async () => {
    const { headers } = await call(path);
    expect(Number(headers.get('Content-Length'))).toBe(whole.length);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', whole as Uint8Array<ArrayBuffer>));
    expect(headers.get('Repr-Digest')).toBe(`sha-256=:${digest.toString('base64')}:`);
    expect(headers.get('ETag')).toBe(`"${digest.toString('hex')}"`);
  });

  test('that broke goes on where it was', async () => {
    const broken = await call(path, { 'X-Sandbox-Fault': 'cut=100' });
    await expect(broken.arrayBuffer()).rejects.toThrow();
    const rest = await call(path, { Range: 'bytes=100-', 'If-Range': broken.headers.get('ETag')! });
    expect([rest.status, rest.headers.get('Content-Range')]).toEqual([
      206,
      `bytes 100-${whole.length - 1}/${whole.length}`,
    ]);
    expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(100))).toBe(true);
    const beyond = await call(path, { Range: `bytes=${whole.length}-` });
    expect([beyond.status, beyond.headers.get('Content-Range')]).toEqual([416, `bytes */${whole.length}`]);
  });
});

describe('the list of tasks', () => {
  test('can be asked to wait until a task changes', async () => {
    const { task_id } = await (await call(startPath, { 'X-Sandbox-Fault': 'slow=1' })).json();
    const at = `/v2/{p}/export-tasks?task_id=${task_id}`;
    const creating = await call(at);
    expect(await creating.json()).toMatchObject({ export_tasks: [{ status: 'CREATING' }] });
    expect(creating.headers.get('Retry-After')).toBe('1');
    const done = await call(at, { Prefer: 'wait=20' });
    expect(await done.json()).toMatchObject({ export_tasks: [{ status: 'SUCCESS' }] });
  });
});

describe('in the sandbox', () => {
  test('30 days pass in a moment, and take the files along', async () => {
    const taskId = await startExport(client);
    await waitForExport(client, taskId);
    await call(`/v2/{p}/export-tasks?task_id=${taskId}`, { 'X-Sandbox-Advance': '7d' });
    await expect(waitForExport(client, taskId)).rejects.toMatchObject({ outcome: 'EXPIRED' });
    await expect(downloadExport(client, taskId)).rejects.toMatchObject({
      status: 404,
      reason: expect.stringContaining('expired'),
    });
  });

  test.each([
    ['429', 429],
    ['500', 500],
    ['503', 503],
  ])('X-Sandbox-Fault: %s is answered with %i', async (fault, status) => {
    const answer = await call(startPath, { 'X-Sandbox-Fault': fault });
    expect([answer.status, answer.headers.get('X-Request-Id') !== null]).toEqual([status, true]);
  });

  test('the date of an answer is off when it is asked to be', async () => {
    const { headers } = await call('/v2/{p}/export-tasks', { 'X-Sandbox-Fault': 'skew=-3600' });
    const late = Date.now() - Date.parse(headers.get('Date')!);
    expect(late).toBeGreaterThan(3_590_000);
    expect(late).toBeLessThan(3_660_000);
  });

  test('a task fails when it is asked to', async () => {
    const { task_id } = await (await call(startPath, { 'X-Sandbox-Fault': 'fail' })).json();
    await expect(waitForExport(client, task_id)).rejects.toMatchObject({
      outcome: 'FAIL',
      error_code: 'WKS.00211401',
    });
  });

  test('a fault that is not known is refused, and any outside a sandbox', async () => {
    expect(await (await call(startPath, { 'X-Sandbox-Fault': 'slow' })).json()).toMatchObject({
      error_msg: expect.stringContaining('slow=SECONDS'),
    });
    const real = await start({ sandbox: false }, 0);
    const answer = await fetch(`${real.url}${startPath.replace('{p}', projectId)}`, {
      headers: { ...headersOf, 'X-Sandbox-Fault': 'fail' },
    });
    expect([answer.status, (await answer.json()).error_msg]).toEqual([
      400,
      expect.stringContaining('--sandbox'),
    ]);
    await real.close();
  });
});

describe('a wrong request', () => {
  test.each<[string, string, RequestInit, number, RegExp]>([
    [
      'a limit out of range',
      '/v2/{p}/export-tasks?limit=500',
      {},
      400,
      /^limit is 500; it must be <= 100\.$/,
    ],
    [
      'an unknown status',
      '/v2/{p}/export-tasks?status=DONE',
      {},
      400,
      /^status is DONE; it must be equal to one of the allowed values: CREATING, SUCCESS, FAIL, EXPIRED\.$/,
    ],
    [
      'a time that is none',
      `${startPath}?start_time=yesterday`,
      {},
      400,
      /^start_time is yesterday; it must match/,
    ],
    [
      'a body that is not JSON',
      '/v2/{p}/export-tasks/batch-delete',
      { method: 'POST', body: '{' },
      400,
      /JSON/,
    ],
    [
      'a body without ids',
      '/v2/{p}/export-tasks/batch-delete',
      { method: 'POST', body: '{}' },
      400,
      /task_ids/,
    ],
    ['no such path', '/v2/{p}/nothing', {}, 404, /no such API/],
    ['another method', '/v2/{p}/export-tasks', { method: 'PUT' }, 405, /not allowed/],
  ])('with %s is refused in the contract’s shape', async (_, path, init, status, message) => {
    const answer = await call(
      path,
      init.method === 'POST' ? { 'Content-Type': 'application/json' } : {},
      init,
    );
    expect(answer.status).toBe(status);
    expect(answer.headers.get('X-Request-Id')).toMatch(/^[0-9a-f]{32}$/);
    expect(await answer.json()).toMatchObject({
      error_code: expect.any(String),
      error_msg: expect.stringMatching(message),
    });
  });
});

test('HEAD starts no export, as the GET of the path would', async () => {
  const count = async () => unwrap(await client.operations.listExportTasks()).count;
  const before = await count();
  expect((await call(startPath, {}, { method: 'HEAD' })).status).toBe(405);
  expect(await count()).toBe(before);
});

test('a credential that asks too often is told when to ask again', async () => {
  const limited = await start({ requestsPerMinute: 2 }, 0);
  const ask = () => fetch(`${limited.url}/v2/${projectId}/export-tasks`, { headers: headersOf });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  const refused = await ask();
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '30']);
  expect(await refused.json()).toMatchObject({ error_code: 'APIGW.0308' });
  await limited.close();
});

test('pages of other origins may call a sandbox, and a server only where it is said so', async () => {
  const preflight = (url: string) =>
    fetch(`${url}/v2/${projectId}/export-tasks`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://page',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'x-auth-token',
      },
    });
  expect((await preflight(server.url)).headers.get('Access-Control-Allow-Origin')).toBe('*');
  const closed = await start({ sandbox: false }, 0);
  expect((await preflight(closed.url)).headers.get('Access-Control-Allow-Origin')).toBeNull();
  await closed.close();
  const open = await start({ sandbox: false, corsOrigin: 'http://page' }, 0);
  expect((await preflight(open.url)).headers.get('Access-Control-Allow-Origin')).toBe('http://page');
  await open.close();
});

test('the log has a line for each request, without its query and its secrets', async () => {
  const lines: string[] = [];
  const log = { info: (line: object) => void lines.push(JSON.stringify(line)), error: () => undefined };
  const logged = await start({ log }, 0);
  const url = `${logged.url}/v2/${projectId}/connections/desktops?user_name=zhang3`;
  await (await fetch(url, { headers: headersOf })).text();
  await logged.close();
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    method: 'GET',
    operation: 'listConnectionRecords',
    status: 200,
  });
  expect(lines[0]).not.toMatch(/zhang3|a-token/);
});

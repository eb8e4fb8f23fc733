// What whoever runs the server sees of it: probes, metrics, and how it ends.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { seedRecords } from './seed/seed.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const headers = { 'X-Auth-Token': 'a-token' };
const accounts = [{ name: 'reader', token: 'a-token', projects: ['*'], actions: ['*'] }];

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
async function start(options: Partial<ServerOptions> = {}) {
  const server = await startServer({ accounts, format: 'csv', sandbox: true, ...options });
  open.push(server);
  await server.store.addRecords(projectId, [
    ...seedRecords({ rows: 300, projectId, seed: 1, now: Date.now() }),
  ]);
  return server;
}
const ask = (server: Server, path: string, more: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers: { ...headers, ...more } });
const tasksPath = `/v2/${projectId}/export-tasks`;

/** Starts an export that takes so many seconds, and gives the path of its task. */
async function startExport(server: Server, seconds = 0) {
  const fault = { 'X-Sandbox-Fault': `slow=${seconds}` };
  const path = `/v3/${projectId}/desktops/connections/export`;
  const { task_id } = await (await ask(server, path, fault)).json();
  return `${tasksPath}?task_id=${task_id}`;
}
/** Resolves when a file is being written. */
const begun = (server: Server) =>
  vi.waitFor(async () =>
    expect(await (await fetch(server.metricsUrl!)).text()).toContain('connection_records_exports_running 1'),
  );
const statusOf = async (answer: Response) => (await answer.json()).export_tasks[0].status;
const finish = async (server: Server, task: string) =>
  statusOf(await ask(server, task, { Prefer: 'wait=20' }));

describe('the probes', () => {
  test('say that a server is alive and ready, to anybody', async () => {
    const server = await start();
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', checks: { store: 'ok', files: 'ok' } },
    ]);
  });

  test('say that a server whose files have nowhere to go is alive but not ready, and the log says why', async () => {
    const data = await mkdtemp(join(tmpdir(), 'operations-'));
    const errors: object[] = [];
    const server = await start({ data, log: { info: () => undefined, error: (line) => errors.push(line) } });
    await rm(join(data, 'files'), { recursive: true });
    await writeFile(join(data, 'files'), 'not a folder');
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not ready', checks: { store: 'ok', files: 'failing' } },
    ]);
    expect(errors).toEqual([
      expect.objectContaining({ check: 'files', error: expect.stringContaining('ENOTDIR') }),
    ]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await open.pop()!.close();
    await rm(data, { recursive: true });
  });

  test('say that a server whose store is gone is not ready', async () => {
    const server = await start();
    server.store.findTask = () => Promise.reject(new Error('the database is away'));
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, (await ready.json()).checks]).toEqual([503, { store: 'failing', files: 'ok' }]);
  });
});

describe('a server that stops', () => {
  test('finishes the export that is being written, and says all the while that it is not ready', async () => {
    const server = await start({ metricsPort: 0 });
    const running = await startExport(server, 1);
    await begun(server);
    const closed = server.close(60_000);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, (await ready.json()).status]).toEqual([503, 'draining']);
    expect(ready.headers.get('Connection')).toBe('close');
    const done = await ask(server, running, { Prefer: 'wait=20' });
    expect(done.headers.get('Connection')).toBe('close');
    expect(await statusOf(done)).toBe('SUCCESS');
    await closed;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    open.length = 0;
  });

  test('gives up an export that takes too long, and the next start does it', async () => {
    const data = await mkdtemp(join(tmpdir(), 'operations-'));
    const server = await start({ data, concurrency: 1, metricsPort: 0 });
    const [running, waiting] = [await startExport(server, 3600), await startExport(server)];
    await begun(server);
    await open.pop()!.close(1);
    const next = await start({ data });
    expect([await finish(next, running), await finish(next, waiting)]).toEqual(['SUCCESS', 'SUCCESS']);
    await open.pop()!.close();
    await rm(data, { recursive: true });
  });
});

describe('metrics', () => {
  const read = async ({ metricsUrl }: Server) => (await fetch(metricsUrl!)).text();
  /** The value of a line, or undefined if there is none. */
  const value = (text: string, line: string) => {
    const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
    return found === undefined ? undefined : Number(found.slice(line.length));
  };

  test('are not there unless asked for, and never on the port of the API', async () => {
    const plain = await start();
    expect([plain.metricsUrl, (await fetch(`${plain.url}/metrics`)).status]).toEqual([undefined, 404]);
    const measured = await start({ metricsPort: 0 });
    expect((await fetch(`${measured.url}/metrics`)).status).toBe(404);
    expect((await fetch(measured.metricsUrl!)).headers.get('Content-Type')).toMatch(
      /^text\/plain; version=0\.0\.4/,
    );
    expect((await fetch(measured.metricsUrl!.replace('/metrics', '/'))).status).toBe(404);
  });

  test('count requests by operation and status, calls of the store, files and their rows', async () => {
    const server = await start({ metricsPort: 0 });
    expect(await finish(server, await startExport(server))).toBe('SUCCESS');
    await ask(server, tasksPath, { 'X-Auth-Token': 'wrong' });
    const text = await read(server);
    const requests = 'connection_records_request_duration_seconds_count';
    expect(value(text, `${requests}{operation="exportConnectionRecords",status="200"}`)).toBe(1);
    expect(value(text, `${requests}{operation="listExportTasks",status="200"}`)).toBe(1);
    expect(value(text, `${requests}{operation="listExportTasks",status="401"}`)).toBe(1);
    const calls = 'connection_records_store_duration_seconds_count';
    expect(value(text, `${calls}{call="addTask",outcome="ok"}`)).toBe(1);
    const files = 'connection_records_export_duration_seconds_count';
    expect(value(text, `${files}{format="csv",outcome="ok"}`)).toBe(1);
    const { total } = await server.store.listRecords(
      { projectId, from: 0, to: Date.now() },
      { offset: 0, limit: 1 },
    );
    expect(value(text, 'connection_records_export_rows_total{format="csv"}')).toBe(total);
    expect(value(text, 'connection_records_exports_running')).toBe(0);
    expect(value(text, 'connection_records_tasks{status="SUCCESS"}')).toBe(1);
    expect(value(text, 'connection_records_queue_age_seconds')).toBe(0);
    expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(text).not.toContain(projectId);
  });

  test('tell how long the oldest export has waited', async () => {
    let time = Date.now();
    const server = await start({ metricsPort: 0, concurrency: 1, clock: () => time });
    await startExport(server, 3600);
    time += 90_000;
    await startExport(server);
    const text = await read(server);
    expect(value(text, 'connection_records_queue_age_seconds')).toBe(90);
    expect(value(text, 'connection_records_tasks{status="CREATING"}')).toBe(2);
  });

  test('leave out what the store does not tell, and count its errors', async () => {
    const server = await start({ metricsPort: 0 });
    const fail = () => Promise.reject(new Error('the database is away'));
    Object.assign(server.store, { countTasks: fail, listTasks: fail });
    await startExport(server);
    expect((await ask(server, tasksPath)).status).toBe(500);
    const text = await read(server);
    expect(text).not.toMatch(/^connection_records_(tasks|queue_age_seconds)[ {]/m);
    const calls = 'connection_records_store_duration_seconds_count';
    expect(value(text, `${calls}{call="listTasks",outcome="error"}`)).toBe(1);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Process, startProcess, token } from './cli.testing.ts';

const headers = { 'X-Auth-Token': token };
const startPath = '/v3/p/desktops/connections/export';
const tasksPath = '/v2/p/export-tasks';

let server: Process;
afterEach(() => void server.child.kill('SIGKILL'));

/** Starts an export that takes an hour, and resolves when it runs. */
async function startExport() {
  await fetch(`${server.url}${startPath}`, { headers: { ...headers, 'X-Sandbox-Fault': 'slow=3600' } });
  const metrics = String(server.log[0]!.metrics);
  await vi.waitFor(async () =>
    expect(await (await fetch(metrics)).text()).toContain('connection_records_exports_running 1'),
  );
}

describe('the command that is told to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s ends with 0', async (signal) => {
    server = await startProcess();
    server.child.kill(signal);
    expect(await server.ended).toBe(0);
    expect(server.log.at(-1)).toMatchObject({ message: 'The server stops.', signal });
  });

  test('answers and is not ready until its exports are done, but no longer than it may', async () => {
    server = await startProcess(['--drain-seconds', '1', '--metrics-port', '0']);
    await startExport();
    server.child.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(503));
    const tasks = await fetch(`${server.url}${tasksPath}`, { headers });
    expect([tasks.headers.get('Connection'), (await tasks.json()).count]).toEqual(['close', 1]);
    expect(await server.ended).toBe(0);
  });

  test('a second time ends at once', async () => {
    server = await startProcess(['--drain-seconds', '3600', '--metrics-port', '0']);
    await startExport();
    server.child.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(503));
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
  });
});

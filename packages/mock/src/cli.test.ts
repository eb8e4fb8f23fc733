import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { startMock } from './mock.ts';

// Prism takes over a second to load, and more on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(...args: string[]) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../dist/cli.js', import.meta.url)), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  children.push(child);
  return child;
}

async function run(...args: string[]) {
  const child = start(...args);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code };
}

test('the command tells where the mock answers, and logs a refused request with the reason', async () => {
  const child = start('--port', '0');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line.toString())![0];
  await (
    await fetch(`${url}/v2/p/export-tasks?limit=500`, { headers: { 'X-Auth-Token': 'a-secret' } })
  ).text();
  const [log] = (await once(child.stderr, 'data')) as [Buffer];
  expect(log.toString()).toBe(
    'GET /v2/p/export-tasks?limit=500 was refused with 400: Request query parameter limit must be <= 100\n',
  );
  child.kill('SIGINT');
  await once(child, 'exit');
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a port in use gives one line that says how to choose another', async () => {
  const other = await startMock();
  const { port } = new URL(other.url);
  expect(await run('--port', port)).toEqual({
    code: 1,
    stdout: '',
    stderr: `connection-records-mock: port ${port} of 127.0.0.1 is in use. Choose another with --port, or 0 for a free one.\n`,
  });
  await other.close();
});

test.each([
  [['--prot', '1'], /^connection-records-mock: Unknown option '--prot'.* --help lists the options.\n$/],
  [['--port', 'http'], /^connection-records-mock: --port is 'http'. Give a whole number from 0 to 65535.\n$/],
  [['--port', ''], /^connection-records-mock: --port is ''. Give a whole number from 0 to 65535.\n$/],
  [['--host', ''], /^connection-records-mock: --host is empty. Give an address of this machine, .*\n$/],
  [
    ['--port', '0', '--host', '192.0.2.1'],
    /^connection-records-mock: 192.0.2.1 is no address of this machine. Choose another with --host, .*\n$/,
  ],
  [
    ['--port', '0', '--host', 'no host'],
    /^connection-records-mock: no host is no address of this machine. Choose another with --host, .*\n$/,
  ],
  [['--port', '65536'], /^connection-records-mock: --port is 65536. Give a whole number from 0 to 65535.\n$/],
  [
    ['--port', '0', '--spec', '/nowhere.yaml'],
    /^connection-records-mock: Cannot read the OpenAPI document \/nowhere.yaml: .*\n$/,
  ],
])('%j gives one line that says what is wrong', async (args, line) => {
  expect(await run(...args)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(line) });
});

test('--help shows how to use it', async () => {
  const { code, stdout } = await run('--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: connection-records-mock/);
});

test('--version shows the version', async () => {
  expect(await run('--version')).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});

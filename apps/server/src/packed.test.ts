// The contract suite as a stranger has it: packed, installed into an empty folder, started by its command.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedRecords } from './seed/seed.ts';
import { type Server, startServer } from './server.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const token = 'a-token-that-nobody-may-see';
const account = { name: 'suite', token, ak: 'AK', sk: 'a-secret', projects: ['*'], actions: ['*'] };
const shell = process.platform === 'win32';
const run = promisify(execFile);

let folder: string;
let server: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connection-records-packed-'));
  const packed = join(folder, 'packed');
  const pack = ['--filter-prod', '@connection-records/contract...', 'pack', '--pack-destination', packed];
  await mkdir(packed);
  // `pnpm test` has pnpm on its path; a test that is started alone may not.
  await run('pnpm', pack, { shell }).catch(() => run('npx', ['-y', 'pnpm@12', ...pack], { shell }));
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const files = (await readdir(packed)).map((name) => join(packed, name));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...files], {
    cwd: folder,
    shell,
  });
  server = await startServer({ accounts: [account], format: 'csv' });
  const rows = seedRecords({ rows: 200, projectId, seed: 1, now: Date.now() });
  await server.store.addRecords(projectId, [...rows]);
}, 120_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Starts the command in the folder, for a server at an address. */
async function check(baseUrl: string, ...options: string[]) {
  const args = ['connection-records-contract', '--base-url', baseUrl, '--project-id', projectId];
  const env = { ...process.env, CONNECTION_RECORDS_AUTH_TOKEN: token };
  const ended = run('npx', [...args, ...options], { cwd: folder, env, shell, maxBuffer: 2 ** 24 });
  const { code = 0, stdout, stderr } = await ended.catch((error) => error);
  expect(`${stdout}${stderr}`).not.toContain(token);
  return { code: code as number, stdout: stdout as string };
}

/** The server, but that no answer has its `X-Request-Id`. */
async function startBroken() {
  const broken = createServer((asked, answer) => {
    const { method, url, headers } = asked;
    const passed = request(new URL(url!, server.url), { method, headers }, (came) => {
      const { 'x-request-id': _, ...kept } = came.headers;
      answer.writeHead(came.statusCode!, kept);
      came.pipe(answer);
    });
    asked.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(broken, 'listening');
  return { url: `http://127.0.0.1:${(broken.address() as AddressInfo).port}`, stop: () => broken.close() };
}

test('the suite that is installed passes a server that keeps the contract', async () => {
  const { code, stdout } = await check(server.url, '--runs=2', '--without=rate-limit');
  expect(stdout).toMatch(/ passed, 0 failed, /);
  expect(code).toBe(0);
});

test('the suite that is installed fails one that does not, and says what is wrong', async () => {
  const broken = await startBroken();
  const { code, stdout } = await check(broken.url, '--runs=0', '--read-only');
  broken.stop();
  expect(stdout).toContain('X-Request-Id');
  expect(code).toBe(1);
});

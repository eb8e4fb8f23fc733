// The mock beside the `prism mock` command of the same version: how soon it answers, and how fast; and the contract suite on it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { report, sideBySide } from '../../../scripts/measure.ts';

const path = '/v2/0123456789abcdef0123456789abcdef/export-tasks?limit=20';
const headers = { 'X-Auth-Token': 'any' };
const file = (specifier: string) => fileURLToPath(import.meta.resolve(specifier));

type Command = (port: number) => string[];
const mock: Command = (port) => [
  fileURLToPath(new URL('../dist/cli.js', import.meta.url)),
  '--port',
  `${port}`,
];
const prism: Command = (port) => [
  file('@stoplight/prism-cli'),
  'mock',
  '--port',
  `${port}`,
  file('@connection-records/openapi/openapi.json'),
];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Starts a command and waits for its first answer. */
async function start(command: Command): Promise<{ child: ChildProcess; url: string; ms: number }> {
  const port = await freePort();
  const args = command(port);
  const url = `http://127.0.0.1:${port}${path}`;
  const began = performance.now();
  // Its log is read to the end, as a terminal would.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout!.resume();
  child.stderr!.resume();
  for (;;) {
    const answer = await fetch(url, { headers }).catch(() => undefined);
    if (answer?.status === 200) return { child, url, ms: performance.now() - began };
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function stop(child: ChildProcess) {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const timeToFirstAnswer = (command: Command) => async () => {
  const { child, ms } = await start(command);
  await stop(child);
  return ms;
};

const throughput = (command: Command) => async () => {
  const { child, url } = await start(command);
  await autocannon({ url, headers, connections: 10, duration: 2 });
  const { requests, non2xx } = await autocannon({ url, headers, connections: 10, duration: 5 });
  await stop(child);
  if (non2xx > 0) throw new Error(`${non2xx} answers were not 200`);
  return requests.average;
};

/** A run of the contract suite, which must find nothing. */
const suiteOn = (command: Command) => async () => {
  const { child, url } = await start(command);
  const began = performance.now();
  const suite = fileURLToPath(new URL('cli.js', import.meta.resolve('@connection-records/contract')));
  const args = ['--base-url', new URL(url).origin, '--project-id', path.split('/')[2]!, '--examples'];
  const run = spawn(process.execPath, [suite, ...args], {
    env: { ...process.env, CONNECTION_RECORDS_AUTH_TOKEN: 'any' },
    stdio: 'ignore',
  });
  const [code] = await once(run, 'exit');
  const ms = performance.now() - began;
  await stop(child);
  if (code !== 0) throw new Error(`The suite ended with ${code}.`);
  return ms;
};

await report(
  'mock: process start to first answer',
  await sideBySide('ms', 7, {
    'connection-records-mock': timeToFirstAnswer(mock),
    'prism mock': timeToFirstAnswer(prism),
  }),
);
await report(
  'mock: requests per second, 10 connections',
  await sideBySide('requests/s', 5, {
    'connection-records-mock': throughput(mock),
    'prism mock': throughput(prism),
  }),
);
await report(
  'contract: a run against the mock',
  await sideBySide('ms', 5, { 'with every example': suiteOn(mock) }),
);

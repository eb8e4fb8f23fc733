import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const command = fileURLToPath(new URL('./cli.ts', import.meta.url));
let folder: string;
let children: ChildProcess[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map(kill));
  await rm(folder, { recursive: true });
});

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function run(...args: string[]) {
  const env = { ...process.env, CONNECTION_RECORDS_TOKEN: 'a-token', CONNECTION_RECORDS_DATA: folder };
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

/** A server that answers. */
async function serve() {
  const child = run('--port', '0');
  const [line] = await once(createInterface(child.stdout!), 'line');
  expect(line).toContain('The server answers at');
  return child;
}

/** What a command says that ends, and how it ends. */
async function end(child: ChildProcess) {
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit'),
  ]);
  return { said, complained, code };
}

test('a second server on a folder is refused, and told which process has it and what to do', async () => {
  const { pid } = await serve();
  expect(await end(run('--port', '0'))).toEqual({
    said: '',
    complained: `connection-records-server: The folder ${folder} is used by another server, process ${pid}. Stop that one, or choose another folder with --data.\n`,
    code: 1,
  });
});

test('a server that was killed leaves the folder to the next one', async () => {
  await kill(await serve());
  await serve();
});

test('records are added beside a running server', async () => {
  await serve();
  expect(await end(run('seed', '--project', 'p', '--rows', '10'))).toMatchObject({
    said: '10 added\n',
    code: 0,
  });
});

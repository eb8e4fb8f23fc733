/** The built command, as a shell runs it. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server } from '@connection-records/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Outcome, serve, variables } from './testing/command.ts';
import { startProxy } from './testing/proxy.ts';

const built = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
let server: Server;
let folder: string;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

const envOf = (url: string) => ({ PATH: process.env.PATH, ...variables({ url }) });

function shell(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = envOf(server.url),
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
const call = (args: string[], env?: NodeJS.ProcessEnv) => shell(process.execPath, [built, ...args], env);

/** Starts the command, and presses Ctrl-C as soon as standard error says something. */
async function interrupted(args: string[], url: string, when: RegExp): Promise<Outcome> {
  const child = spawn(process.execPath, [built, ...args], { cwd: folder, env: envOf(url) });
  const outcome = { code: -1, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    const had = when.test(outcome.stderr);
    outcome.stderr += text;
    if (!had && when.test(outcome.stderr)) child.kill('SIGINT');
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ ...outcome, code: code ?? -1 }));
  });
}

describe('connection-records', () => {
  test('ends with 0 when it is done', async () => {
    const { code, stdout } = await call(['export', '--from', '7d', '--out', 'week.csv', '--quiet', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ path: 'week.csv', format: 'csv' });
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual(['week.csv']);
  });

  test.each([
    [1, 'the job failed', ['tasks', 'download', 'unknown']],
    [2, 'it was called wrongly', ['export', '--from', '40d']],
    [2, 'it was called without a command', []],
    [3, 'the credentials are not accepted', ['tasks', 'list'], { CONNECTION_RECORDS_AUTH_TOKEN: 'old' }],
  ] as [number, string, string[], NodeJS.ProcessEnv?][])(
    'ends with %i when %s',
    async (ending, _, args, env = {}) => {
      const { code, stdout, stderr } = await call(args, { ...envOf(server.url), ...env });
      expect(code).toBe(ending);
      expect(stdout).toBe('');
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/\n {4}at /);
    },
  );

  test('prints its version and its help, with examples, in 80 columns', async () => {
    expect((await call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const args of [
      [],
      ['export'],
      ['tasks'],
      ['tasks', 'list'],
      ['tasks', 'download'],
      ['tasks', 'delete'],
      ['records', 'list'],
      ['configure'],
      ['doctor'],
      ['completion'],
    ]) {
      const { code, stdout } = await call([...args, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain('\n  $ ');
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });

  test('does not mind a reader that has had enough', async () => {
    const line = `"${process.execPath}" "${built}" export --format ndjson --quiet --out - | head -n 1`;
    const { code, stdout, stderr } = await shell('sh', ['-c', line]);
    expect(JSON.parse(stdout)).toHaveProperty('user_name');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe('Ctrl-C', () => {
  test('while the export is made ends with 130, leaves nothing, and tells how to go on', async () => {
    const proxy = await startProxy(server.url, { fault: 'slow=600' });
    const { code, stderr } = await interrupted(['export', '--out', 'week.xlsx'], proxy.url, /CREATING/);
    proxy.close();
    expect(stderr).toMatch(
      /connection-records: Interrupted\.\nPick it up again: connection-records export --resume \w{32} --out week\.xlsx\n$/,
    );
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  test('during the download leaves no partial file, and the command that it prints brings the whole', async () => {
    const proxy = await startProxy(server.url, { hold: true });
    const args = ['export', '--out', 'my week.ndjson', '--json'];
    const { code, stdout, stderr } = await interrupted(args, proxy.url, /Downloading/);
    proxy.close();
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
    const { error } = JSON.parse(stdout);
    expect(stderr).toContain(`Pick it up again: ${error.resume}\n`);
    expect(error).toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });

    const again = error.resume.replace('connection-records', `"${process.execPath}" "${built}"`);
    const resumed = await shell('sh', ['-c', again]);
    expect(resumed.stdout).toMatch(/^2,000 records, .*, my week\.ndjson\n$/);
    expect(await readdir(folder)).toEqual(['my week.ndjson']);
  });
});

describe('completion', () => {
  test('is a script for bash, zsh and fish', async () => {
    for (const name of ['bash', 'zsh', 'fish']) {
      const { code, stdout } = await call(['completion', name]);
      expect(stdout).toContain('connection-records complete --');
      expect(code).toBe(0);
    }
  });

  test('completes in bash, however often its script is read', async () => {
    const script = `connection-records() { "${process.execPath}" "${built}" "$@"; }
source <(connection-records completion bash); source <(connection-records completion bash)
press_tab() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _connection_records; echo "\${COMPREPLY[@]}"; }
press_tab connection-records ta
press_tab connection-records export --format ''
press_tab connection-records export --out ''
complete -p connection-records`;
    const { stdout, stderr } = await shell('bash', ['--norc', '-c', script]);
    expect(stdout.split('\n')).toEqual([
      'tasks',
      'xlsx csv ndjson',
      '', // and then the names of files
      'complete -o default -F _connection_records connection-records',
      '',
    ]);
    expect(stderr).toBe('');
  });

  /** What a shell prints, which reads the script and does what a key press would, of all that have no test otherwise. */
  const otherShells = {
    fish: {
      args: ['--no-config', '-c', 'source $script; complete -C "connection-records ta"'],
      prints: 'tasks\tList, download and delete export tasks.\n',
    },
    // It completes in a terminal alone: whether it can read the script is all that can be asked here.
    zsh: { args: ['-f', '-n', '$script'], prints: '' },
  };
  test.each(Object.entries(otherShells))(
    'has a script that %s reads, where there is one',
    async (name, { args, prints }) => {
      const place = join(folder, 'script');
      await writeFile(place, (await call(['completion', name])).stdout);
      const starter = `#!/bin/sh\nexec "${process.execPath}" "${built}" "$@"\n`;
      await writeFile(join(folder, 'connection-records'), starter, { mode: 0o755 });
      const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
      const words = args.map((arg) => arg.replace('$script', place));
      const found = await shell(name, words, env);
      if (Number.isNaN(found.code)) return console.warn(`Not tried: ${name} (not installed).`);
      expect(found).toEqual({ stdout: prints, stderr: '', code: 0 });
    },
  );

  test('knows commands, options and their values', async () => {
    const complete = async (...words: string[]) =>
      (await call(['complete', '--', ...words])).stdout.split('\n').map((line) => line.split('\t')[0]);
    expect(await complete('tasks', '')).toEqual(expect.arrayContaining(['list', 'download', 'delete']));
    expect(await complete('export', '--re')).toEqual(expect.arrayContaining(['--resume', '--region']));
    expect(await complete('export', '--format', '')).toEqual(
      expect.arrayContaining(['xlsx', 'csv', 'ndjson']),
    );
  });
});

import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mock, startMock } from '@connection-records/mock';
import { sandboxAccount, seedRecords, startServer } from '@connection-records/server';

const docs = fileURLToPath(new URL('../../', import.meta.url));
const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const projectId = '0123456789abcdef0123456789abcdef';

/** The addresses that samples name, which are those of `pnpm start`. */
const shown = { mock: 'http://127.0.0.1:4010', server: 'http://127.0.0.1:4020' };

/** What a reader has after a build, by the names of the packages' commands. */
const commands = {
  'connection-records': 'packages/cli/dist/cli.js',
  'connection-records-contract': 'packages/contract/dist/cli.js',
  'connection-records-mock': 'packages/mock/dist/cli.js',
  'connection-records-server': 'apps/server/dist/cli.js',
};

/**
 * Stands in for npx, so that no sample asks a registry: `npx -y pnpm@12 exec COMMAND…` and `npx @connection-records/NAME`. What
 * `start` and `build` of the repository are for is done before: the stage is what the one starts, and tests run after the other.
 */
const npx = `#!/bin/sh
case "$1 $2 $3" in
  "-y pnpm@12 start") grep -q '"start":' '${repository}package.json'; exit ;;
  "-y pnpm@12 --filter") [ "$5" = build ]; exit ;;
  "-y pnpm@12 exec") shift 3; exec "$@" ;;
  @connection-records/cli*) shift; exec connection-records "$@" ;;
  @connection-records/*) name=\${1#@connection-records/}; shift; exec "connection-records-$name" "$@" ;;
esac
echo "A sample may run npx -y pnpm@12 exec …, … start, … --filter NAME build, and npx @connection-records/…, not npx $*" >&2
exit 1
`;

/** A place to run samples in, which looks like the root of the repository to them. */
export interface Stage {
  /** The folder that samples are run in. */
  folder: string;
  /** Runs a file of `samples/`, TypeScript or shell, and resolves with what it prints. Rejects if it fails. */
  run(file: string): Promise<string>;
  /** The same of a text in the language of that extension. */
  runText(text: string, extension: 'ts' | 'sh'): Promise<string>;
  /** Stops its server and removes its folder. */
  close(): Promise<void>;
}

let mock: Promise<Mock> | undefined;

/**
 * Sets a stage: a mock, and a sandbox with 2000 records of its own, whose addresses take the place of port 4010 and 4020 in what is
 * run. `samples/credentials.ini` is the profile file. Nothing of the tester's environment is seen.
 */
export async function setStage(): Promise<Stage> {
  // One for all: it remembers nothing. It goes with the process.
  mock ??= startMock();
  const server = await startServer({ accounts: [sandboxAccount], sandbox: true });
  await server.store.addRecords(projectId, [
    ...seedRecords({ rows: 2000, projectId, seed: 1, now: Date.now() }),
  ]);
  const addresses = [
    [shown.mock, (await mock).url],
    [shown.server, server.url],
  ] as const;
  const toStage = (text: string) =>
    addresses
      .reduce((replaced, [from, to]) => replaced.replaceAll(from, to), text)
      // What a sample starts takes a free port.
      .replace(/--port 40\d0\b/g, '--port 0');
  const toReader = (text: string) =>
    addresses.reduce((replaced, [from, to]) => replaced.replaceAll(to, from), text);

  const folder = await build(toStage);
  const environment = {
    PATH: [
      `${folder}/bin`,
      `${repository}node_modules/.bin`,
      dirname(process.execPath),
      process.env.PATH,
    ].join(':'),
    HOME: `${folder}/home`,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
  };
  const start = async (command: string, ...argv: string[]) =>
    toReader(await run(command, argv, folder, environment));
  const play = (file: string) =>
    file.endsWith('.ts')
      ? start(process.execPath, file)
      : // As in a terminal, aliases work; unlike there, the first command that fails ends it.
        start('bash', '-euo', 'pipefail', '-O', 'expand_aliases', file);
  return {
    folder,
    run: (file) => play(`apps/docs/samples/${file}`),
    async runText(text, extension) {
      const file = `apps/docs/samples/a-text.${extension}`;
      await writeFile(join(folder, file), toStage(text));
      return play(file);
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, maxRetries: 3 });
    },
  };
}

/** The folder, inside the package so that samples find what it depends on, where Astro keeps out of everybody's way. */
async function build(toStage: (text: string) => string): Promise<string> {
  await mkdir(`${docs}.astro`, { recursive: true });
  const folder = await mkdtemp(`${docs}.astro/stage-`);
  for (const path of ['bin', 'home/.huaweicloud', 'apps/docs/samples'])
    await mkdir(join(folder, path), { recursive: true });
  for (const path of ['openapi', 'packages', 'apps/server'])
    await symlink(repository + path, join(folder, path));
  for (const [name, path] of Object.entries(commands))
    await writeFile(
      `${folder}/bin/${name}`,
      `#!/bin/sh\nexec '${process.execPath}' '${repository}${path}' "$@"\n`,
    );
  await writeFile(`${folder}/bin/npx`, npx);
  for (const name of await readdir(`${folder}/bin`)) await chmod(`${folder}/bin/${name}`, 0o755);
  for (const name of await readdir(`${docs}samples`)) {
    if (/\.test\.tsx?$/.test(name)) continue;
    const text = await readFile(`${docs}samples/${name}`, 'utf8');
    await writeFile(`${folder}/apps/docs/samples/${name}`, toStage(text));
  }
  await cp(`${folder}/apps/docs/samples/credentials.ini`, `${folder}/home/.huaweicloud/credentials`);
  return folder;
}

/** What a program prints. What it leaves running in the background ends with it. */
function run(command: string, argv: string[], cwd: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, which ends as a whole; execFile cannot start one.
    const child = spawn(command, argv, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => {
      try {
        process.kill(-child.pid!, 'SIGTERM');
      } catch {
        // Nothing was left.
      }
    };
    const timer = setTimeout(end, 55_000);
    const printed = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text) => {
        printed[name] += text;
      });
    child.once('error', reject).once('exit', end);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve(printed.stdout);
      reject(new Error(`${argv.at(-1)} ended with ${code ?? signal}.\n${printed.stdout}${printed.stderr}`));
    });
  });
}

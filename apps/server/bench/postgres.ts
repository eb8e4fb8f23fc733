// The server over PostgreSQL, beside psql on the same machine and the same rows.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ConnectionRecord } from '@connection-records/types';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { report, type Series, sideBySide } from '../../../scripts/measure.ts';
import { columns } from '../src/files/index.ts';
import { seedRecords } from '../src/seed/seed.ts';
import { createDatabase, startCluster } from '../src/store/postgres/cluster.testing.ts';
import { openPostgresStore } from '../src/store/postgres/postgres.ts';
import {
  call,
  memoryOf,
  projectId,
  type Running,
  startPath,
  startServer,
  stop,
  tasksPath,
} from './process.ts';

const rows = 1_000_000;
const ingested = 200_000;

/** The statement that an export reads with, without its window. */
const select = `SELECT ${columns.map(({ field }) => field).join(', ')} FROM records WHERE project_id = '${projectId}' ORDER BY started, key`;

export async function endOf(url: string, taskId: string): Promise<void> {
  for (;;) {
    const answer = await call(`${url}${tasksPath()}?task_id=${taskId}`, { headers: { Prefer: 'wait=30' } });
    const { status } = (await answer.json()).export_tasks[0];
    if (status === 'SUCCESS') return;
    if (status !== 'CREATING') throw new Error(`The export has ended as ${status}`);
  }
}

/** Whether there is a psql; npm has none. */
async function hasPsql(): Promise<boolean> {
  const child = spawn('psql', ['--version'], { stdio: 'ignore' }).on('error', () => undefined);
  return new Promise((resolve) =>
    child.once('close', (code) => resolve(code === 0)).once('error', () => resolve(false)),
  );
}

async function psql(url: string, command: string): Promise<void> {
  const child = spawn('psql', ['-q', '-v', 'ON_ERROR_STOP=1', url, '-c', command], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`psql ended with ${code}`);
}

/** What psql would do, by the driver. */
async function copyToFile(url: string, statement: string, path: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await pipeline(client.query(copyTo(statement)), createWriteStream(path));
  await client.end();
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

const perSecond = async (count: number, work: () => Promise<void>) => {
  const began = performance.now();
  await work();
  return count / ((performance.now() - began) / 1000);
};

async function addAll(url: string, records: Iterable<ConnectionRecord>): Promise<void> {
  const store = await openPostgresStore(url);
  let batch: ConnectionRecord[] = [];
  let last: Promise<unknown> = Promise.resolve();
  for (const record of records) {
    if (batch.push(record) < 20_000) continue;
    await last;
    last = store.addRecords(projectId, batch);
    batch = [];
  }
  await last;
  await store.addRecords(projectId, batch);
  await store.close();
}

/** Rows per second from the request that starts an export until its task is SUCCESS, and the most memory of the server. */
const exportAs = (url: string, data: string, format: string, memory: number[]) => async () => {
  const server = await startServer(data, '--store', url, '--format', format);
  try {
    await call(`${server.url}${tasksPath()}`);
    const rate = await perSecond(rows, async () => {
      const { task_id } = await (await call(`${server.url}${startPath()}`)).json();
      await endOf(server.url, task_id);
    });
    memory.push(await memoryOf(server, 'VmHWM'));
    return rate;
  } finally {
    await stop(server);
  }
};

/** Exports of a million rows, and what the server holds in memory for them. */
export async function benchPostgresExports(url: string, folder: string): Promise<void> {
  const memory = ['CSV', 'xlsx'].map((what): Series => ({ what, unit: 'MiB', values: [] }));
  const [csv, xlsx] = memory.map(({ values }) => values) as [number[], number[]];
  const file = join(folder, 'out.csv');
  const limit: Record<string, () => Promise<number>> = (await hasPsql())
    ? { 'psql \\copy … csv': () => perSecond(rows, () => psql(url, `\\copy (${select}) to '${file}' csv`)) }
    : {
        'COPY … csv by the driver (there is no psql)': () =>
          perSecond(rows, () => copyToFile(url, `COPY (${select}) TO STDOUT (FORMAT csv)`, file)),
      };
  await report(
    'postgres: export of 1,000,000 rows',
    await sideBySide('rows/s', 5, {
      'export as CSV': exportAs(url, folder, 'csv', csv),
      'export as xlsx': exportAs(url, folder, 'xlsx', xlsx),
      ...limit,
    }),
  );
  await report('postgres: most memory of the server during an export', memory);
}

/** Records that are added, beside a copy of the same rows into the same tables. */
export async function benchPostgresIngest(url: string, folder: string): Promise<void> {
  const records = [...seedRecords({ rows: ingested, projectId, seed: 2, now: Date.now() })];
  const store = await openPostgresStore(url);
  await store.addRecords(projectId, records);
  await store.close();
  const file = join(folder, 'in.copy');
  await copyToFile(url, `COPY (SELECT * FROM records) TO STDOUT`, file);
  const empty = () => query(url, 'TRUNCATE records, record_keys');
  const psqlThere = await hasPsql();
  const copyIn = async () => {
    if (psqlThere) return psql(url, `\\copy records from '${file}'`);
    const client = new pg.Client(url);
    await client.connect();
    const { createReadStream } = await import('node:fs');
    await pipeline(createReadStream(file), client.query(copyFrom('COPY records FROM STDIN')));
    await client.end();
  };
  await report(
    `postgres: ${ingested} records added`,
    await sideBySide('rows/s', 5, {
      'addRecords, 20,000 at a time': async () => {
        await empty();
        return perSecond(ingested, () => addAll(url, records));
      },
      [`${psqlThere ? 'psql \\copy' : 'COPY by the driver'} of the same rows, repeated or not`]: async () => {
        await empty();
        return perSecond(ingested, copyIn);
      },
    }),
  );
}

/** Time from SIGKILL of the server that writes an export until another one has taken the task. */
export async function benchTakeOver(url: string, folder: string): Promise<void> {
  const lease = 2;
  const takeOver = async () => {
    const servers = await Promise.all(
      [1, 2].map(() =>
        startServer(folder, '--store', url, '--format', 'xlsx', '--lease-seconds', String(lease)),
      ),
    );
    const store = await openPostgresStore(url);
    try {
      const { task_id } = await (await call(`${servers[0]!.url}${startPath()}`)).json();
      const fence = async () => (await store.findTask(projectId, task_id))!.fence;
      while ((await fence()) === 0);
      // Whoever has it, is killed, and the one that is left takes it over.
      const holder = (await isWriting(servers[0]!)) ? servers[0]! : servers[1]!;
      const began = performance.now();
      holder.child.kill('SIGKILL');
      while ((await fence()) === 1);
      const seconds = (performance.now() - began) / 1000;
      await store.deleteTasks(projectId, [task_id]);
      return seconds * 1000;
    } finally {
      await store.close();
      await Promise.all(servers.map(stop));
    }
  };
  const values: number[] = [];
  for (let round = 0; round < 7; round++) values.push(await takeOver());
  await report('postgres: take-over after SIGKILL', [
    { what: 'from SIGKILL to the task running elsewhere', unit: 'ms', values },
    { what: 'lease', unit: 'ms', values: [lease * 1000] },
  ]);
}

/** Whether a server has a connection that reads for an export: its thread is busy. */
async function isWriting({ child }: Running): Promise<boolean> {
  const { readdir } = await import('node:fs/promises');
  const before = (await readdir(`/proc/${child.pid}/fd`)).length;
  return before > 0 && (await threadsOf(child.pid!)) > 0;
}
async function threadsOf(pid: number): Promise<number> {
  const { readFile, readdir } = await import('node:fs/promises');
  let busy = 0;
  for (const id of await readdir(`/proc/${pid}/task`)) {
    const stat = await readFile(`/proc/${pid}/task/${id}/stat`, 'utf8');
    if (Number(stat.split(') ')[1]!.split(' ')[16]) === 10) busy++;
  }
  return busy;
}

/** Lets something be done over a new PostgreSQL, with the settings that people run one with. */
export async function withCluster(use: (url: string, folder: string) => Promise<void>): Promise<void> {
  const cluster = await startCluster({
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    fsync: 'on',
    full_page_writes: 'on',
  });
  const folder = await mkdtemp(join(tmpdir(), 'bench-postgres-'));
  try {
    await use(cluster.url, folder);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export { addAll, createDatabase, writeFile };

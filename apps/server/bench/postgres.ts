// The server over PostgreSQL, beside psql on the same machine and the same rows.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionRecord } from '@connection-records/types';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { report, type Series, sideBySide } from '../../../scripts/measure.ts';
import { columns } from '../src/files/index.ts';
import { seedRecords } from '../src/seed/seed.ts';
import { createDatabase, startCluster } from '../src/store/postgres/cluster.testing.ts';
import { openPostgresStore } from '../src/store/postgres/postgres.ts';
import type { Store } from '../src/store/store.ts';
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

/** Fewer, where a machine has no time for a million. */
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ingested = rows / 5;
const batchSize = 10_000;

/** The statement that an export reads with, without its window. */
const select = `SELECT ${columns.map(({ field }) => field).join(', ')} FROM records WHERE project_id = '${projectId}' ORDER BY started, key`;

async function endOf(url: string, taskId: string): Promise<void> {
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
    if (batch.push(record) < batchSize) continue;
    // While the database takes one batch, the next is made ready.
    const next = store.addRecords(projectId, batch);
    await last;
    last = next;
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
async function benchExports(url: string, folder: string): Promise<void> {
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
    `postgres: export of ${rows} rows`,
    await sideBySide('rows/s', 5, {
      'export as CSV': exportAs(url, folder, 'csv', csv),
      'export as xlsx': exportAs(url, folder, 'xlsx', xlsx),
      ...limit,
    }),
  );
  await report('postgres: most memory of the server during an export', memory);
}

/** Records that are added, beside a copy of the same rows into the same tables. */
async function benchIngest(url: string, folder: string): Promise<void> {
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
    await pipeline(createReadStream(file), client.query(copyFrom('COPY records FROM STDIN')));
    await client.end();
  };
  await report(
    `postgres: ${ingested} records added`,
    await sideBySide('rows/s', 5, {
      [`addRecords, ${batchSize} at a time`]: async () => {
        await empty();
        return perSecond(ingested, () => addAll(url, records));
      },
      [`${psqlThere ? 'psql \\copy' : 'COPY by the driver'} of the same rows, which tells none that is repeated`]:
        async () => {
          await empty();
          return perSecond(ingested, copyIn);
        },
    }),
  );
}

/** Time from SIGKILL of the server that writes an export until another one has taken the task. */
async function benchTakeOver(url: string, folder: string): Promise<void> {
  const lease = 3;
  const serve = () =>
    startServer(folder, '--store', url, '--format', 'xlsx', '--lease-seconds', String(lease));
  const store = await openPostgresStore(url);
  const takeOver = async () => {
    const first = await serve();
    const { task_id } = await (await call(`${first.url}${startPath()}`)).json();
    const fence = async () => (await store.findTask(projectId, task_id))!.fence;
    while ((await fence()) === 0) await sleep(1);
    const second = await serve();
    const began = performance.now();
    first.child.kill('SIGKILL');
    while ((await fence()) === 1) await sleep(1);
    const took = performance.now() - began;
    await store.deleteTasks(projectId, [task_id]);
    await stop(second);
    return took;
  };
  const values: number[] = [];
  for (let round = 0; round < 5; round++) values.push(await takeOver());
  await store.close();
  await report('postgres: take-over after SIGKILL', [
    { what: 'from SIGKILL to the task running elsewhere', unit: 'ms', values },
    { what: 'the lease', unit: 'ms', values: [lease * 1000] },
  ]);
}

const many = Array.from({ length: 20 }, (_, index) => `project${index}`);
const each = 5_000;

/** Exports of 20 projects by one server and by three, and how long lists take meanwhile. */
async function benchServers(url: string, folder: string): Promise<void> {
  const store = await openPostgresStore(url);
  for (const project of many)
    await store.addRecords(project, [
      ...seedRecords({ rows: each, projectId: project, seed: 3, now: Date.now() }),
    ]);
  const lists: Record<string, Series> = {};
  const perMinute = (count: number, exportsEach: number) => async () => {
    const args = ['--store', url, '--format', 'csv', '--concurrency', String(exportsEach)];
    const servers = await Promise.all(Array.from({ length: count }, () => startServer(folder, ...args)));
    try {
      const began = performance.now();
      await startAll(servers);
      const waits = await listUntilEnded(servers, store);
      const what = `${count} server${count > 1 ? 's' : ''}`;
      lists[what] ??= { what, unit: 'ms', values: [] };
      lists[what].values.push(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)]!);
      return (3 * many.length) / ((performance.now() - began) / 60_000);
    } finally {
      await Promise.all(servers.map(stop));
    }
  };
  await report(
    `postgres: exports of ${each} rows finished in a minute`,
    await sideBySide('1/min', 5, { '3 servers': perMinute(3, 7), '1 server': perMinute(1, 20) }),
  );
  await store.close();
  await report('postgres: p99 of listExportTasks under 20 running exports', Object.values(lists));
}

async function startAll(servers: Running[]): Promise<void> {
  for (let index = 0; index < 3 * many.length; index++)
    await call(`${servers[index % servers.length]!.url}${startPath(many[index % many.length])}`);
}

/** Lists until no export is left, and says how long each list took. */
async function listUntilEnded(servers: Running[], store: Store): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index % 20 !== 0 || (await store.tasksIn('CREATING')).length > 0; index++) {
    const began = performance.now();
    await call(`${servers[index % servers.length]!.url}${tasksPath(many[index % many.length])}?limit=20`);
    waits.push(performance.now() - began);
  }
  return waits;
}

/** Measures the server over a PostgreSQL of its own, with the settings that keep data safe. */
export async function benchPostgres(): Promise<void> {
  const safe = { shared_buffers: '512MB', max_wal_size: '4GB', fsync: 'on', full_page_writes: 'on' };
  const cluster = await startCluster(safe);
  const folder = await mkdtemp(join(tmpdir(), 'bench-postgres-'));
  try {
    await benchIngest(await createDatabase(cluster.url, 'ingest'), folder);
    const large = await createDatabase(cluster.url, 'exports');
    await addAll(large, seedRecords({ rows, projectId, seed: 1, now: Date.now() }));
    await query(large, 'VACUUM ANALYZE');
    await benchExports(large, folder);
    await benchTakeOver(large, folder);
    await benchServers(await createDatabase(cluster.url, 'servers'), folder);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

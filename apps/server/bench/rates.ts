// What one server over PostgreSQL does in a second: the rates that bench/queue.ts reckons with. node bench/rates.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { report, type Series, sideBySide } from '../../../scripts/measure.ts';
import { seedRecords } from '../src/seed/seed.ts';
import { createDatabase, startCluster } from '../src/store/postgres/cluster.testing.ts';
import { openPostgresStore } from '../src/store/postgres/postgres.ts';
import type { Store } from '../src/store/store.ts';
import { call, memoryOf, projectId, startPath, startServer, stop, tasksPath } from './process.ts';

const rows = 200_000;
const batch = 20_000;
const taken = 500;
const small = 100;

const rate = async (count: number, work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return count / ((performance.now() - began) / 1000);
};

/** Starts exports of a project and waits until all of its are over. */
async function exportAll(url: string, project: string, count: number) {
  for (let n = 0; n < count; n++) await call(`${url}${startPath(project)}`);
  const creating = `${url}${tasksPath(project)}?status=CREATING&limit=1`;
  while ((await (await call(creating, { headers: { Prefer: 'wait=30' } })).json()).count > 0);
}

/** How fast one server writes files of a format, and small ones of no rows, one after the other. */
const exporting =
  (database: string, folder: string, format: string, project: string, count: number, memory?: number[]) =>
  async () => {
    const options = ['--store', database, '--format', format, '--concurrency', '1', '--drain-seconds', '0'];
    const server = await startServer(folder, ...options);
    try {
      // The first one starts the thread, too.
      await exportAll(server.url, 'no-records', 1);
      const value = await rate(count, () =>
        exportAll(server.url, project, project === projectId ? 1 : count),
      );
      memory?.push(await memoryOf(server, 'VmHWM'));
      return value;
    } finally {
      await stop(server);
    }
  };

/** How many tasks are taken in a second, one after the other, as all servers together do. */
const taking = (store: Store) => async () => {
  const ids = Array.from({ length: taken }, (_, n) => `t${n}`);
  const filter = { projectId: 'p', from: 0, to: 1 };
  const task = {
    projectId: 'p',
    fileName: 'f',
    status: 'CREATING',
    createTime: 1,
    isDownload: false,
  } as const;
  for (const taskId of ids)
    await store.addTask({ ...task, taskId, filter, language: 'en_US', format: 'csv', fence: 0 });
  const terms = { lease: 60_000, perProject: 1_000_000, inAll: 1_000_000 };
  const value = await rate(taken, async () => {
    for (const _ of ids) await store.takeTask(terms);
  });
  await store.deleteTasks('p', ids);
  return value;
};

const cluster = await startCluster({
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  fsync: 'on',
  full_page_writes: 'on',
});
const folder = await mkdtemp(join(tmpdir(), 'bench-rates-'));
try {
  const database = await createDatabase(cluster.url, 'rates');
  const store = await openPostgresStore(database);
  const records = [...seedRecords({ rows, projectId, seed: 1, now: Date.now() })];
  const added: number[] = [];
  for (let at = 0; at < rows; at += batch)
    added.push(await rate(batch, () => store.addRecords(projectId, records.slice(at, at + batch))));
  const client = new pg.Client(database);
  await client.connect();
  await client.query('VACUUM ANALYZE');
  const size = await client.query('SELECT pg_database_size(current_database()) AS bytes');
  await client.end();
  const memory: number[] = [];
  const series: Series[] = await sideBySide('1/s', 5, {
    'rows, as CSV': exporting(database, folder, 'csv', projectId, rows, memory),
    'rows, as xlsx': exporting(database, folder, 'xlsx', projectId, rows),
    'exports without rows': exporting(database, folder, 'csv', 'no-records', small),
    'tasks taken': taking(store),
  });
  await report('rates', [
    ...series,
    { what: 'rows added', unit: '1/s', values: added },
    { what: 'bytes of the database for a row', unit: 'B', values: [Number(size.rows[0].bytes) / rows] },
    { what: 'memory of the server, CSV', unit: 'MiB', values: memory },
  ]);
  await store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
  await cluster.stop();
}

import { recordOf } from '../columns.ts';
import type { RecordFilter, Store } from '../store.ts';
import { openPool } from './connect.ts';
import { migrate } from './migrate.ts';
import { openNews } from './news.ts';
import { dropDaysBefore } from './partitions.ts';
import { isPassing } from './passing.ts';
import { listRecords, recordAdder } from './records.ts';
import { readRows } from './rows.ts';
import { taskTable } from './tasks.ts';

/**
 * A store in a PostgreSQL database, which several servers may share. The tables are made if there are none.
 *
 * @throws if the database cannot be reached or used, or if a newer server has made the tables.
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const pool = openPool(url);
  try {
    await migrate(pool);
    return storeOf(url, pool, await openNews(url));
  } catch (error) {
    await pool.end();
    throw (error as { code?: string }).code || isPassing(error) ? unusable(error as Error) : error;
  }
}

/** Whose complaint it is, which PostgreSQL and the system do not say. */
const unusable = (cause: Error) =>
  new Error(`The database of --store cannot be used: ${cause.message}. Start it, or mend the URL.`, {
    cause,
  });

function storeOf(
  url: string,
  pool: ReturnType<typeof openPool>,
  news: Awaited<ReturnType<typeof openNews>>,
): Store {
  const tasks = taskTable(pool);
  return {
    addRecords: recordAdder(pool),
    listRecords: (filter, page) => listRecords(pool, filter, page),
    readRecords: (filter) => readRecords(url, filter),
    removeRecordsBefore: (time) => dropDaysBefore(pool, time),
    addTask: (task) => tasks.add(task),
    findTask: (projectId, taskId) => tasks.find(projectId, taskId),
    listTasks: (filter, page) => tasks.list(filter, page),
    updateTask: (held, from, changes) => tasks.update(held, from, changes),
    tasksIn: (status) => tasks.in(status),
    tasksToExpire: (which) => tasks.toExpire(which),
    countTasks: () => tasks.count(),
    markDownloaded: (projectId, taskId) => tasks.markDownloaded(projectId, taskId),
    deleteTasks: (projectId, taskIds) => tasks.remove(projectId, taskIds),
    takeTask: (terms) => tasks.take(terms),
    renewTasks: (held, lease) => tasks.renew(held, lease),
    onChange: (listener) => news.onChange(listener),
    async close() {
      await news.close();
      await pool.end();
    },
  };
}

async function* readRecords(url: string, filter: RecordFilter) {
  for await (const batch of readRows(url, filter)) yield batch.map(recordOf);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ConnectionRecord } from '@connection-records/types';
import { columns, domainOf, keyOf, recordOf, rowOf, startOf } from './columns.ts';
import { type Connection, openDatabase } from './database.ts';
import { openLists } from './lists.ts';
import { openRows } from './rows.ts';
import type { RecordFilter, Store } from './store.ts';
import { taskTable } from './tasks.ts';

/** How many records are removed in one go, a few milliseconds, before requests have their turn. */
const REMOVED_AT_ONCE = 200;

const stored = ['project_id', 'started', 'key', 'terminal_type_lower', 'domain', ...columns];

/** A store in the folder: one SQLite database. Short work is done here; lists of records are read in a thread of their own. */
export async function openSqliteStore(folder: string): Promise<Store> {
  const connection = openDatabase(folder);
  const tasks = taskTable(connection);
  const lists = openLists(folder);
  return {
    addRecords: async (projectId, records) => addRecords(connection, projectId, records),
    async listRecords(filter, page) {
      const { rows, total } = await lists.list(filter, page);
      return { records: rows.map(recordOf), total };
    },
    readRecords: (filter) => readRecords(folder, filter),
    removeRecordsBefore: (time) => removeRecordsBefore(connection, time),
    addTask: async (task) => void (await tasks.add(task)),
    findTask: async (projectId, taskId) => tasks.find(projectId, taskId),
    listTasks: async (filter, page) => tasks.list(filter, page),
    updateTask: (held, from, changes) => tasks.update(held, from, changes),
    tasksIn: async (status) => tasks.in(status),
    tasksToExpire: async (which) => tasks.toExpire(which),
    countTasks: async () => tasks.count(),
    markDownloaded: (projectId, taskId) => tasks.markDownloaded(projectId, taskId),
    deleteTasks: async (projectId, taskIds) => tasks.remove(projectId, taskIds),
    takeTask: (terms) => tasks.take(terms),
    renewTasks: (held, lease) => tasks.renew(held, lease),
    onChange: (listener) => tasks.onChange(listener),
    async close() {
      await lists.close();
      connection.close();
    },
  };
}

/** A store in a temporary folder that goes with it. (Not in memory: the threads that read could not see it.) */
export async function openTemporaryStore(): Promise<Store & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'connection-records-'));
  const store = await openSqliteStore(folder);
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...store, folder, close };
}

function addRecords(
  { statement, transaction }: Connection,
  projectId: string,
  records: readonly ConnectionRecord[],
) {
  const marks = stored.map(() => '?').join(', ');
  const insert = statement(`INSERT OR IGNORE INTO records (${stored.join(', ')}) VALUES (${marks})`);
  return transaction(() => {
    let added = 0;
    for (const record of records) {
      const row = rowOf(record);
      const compared = [record.terminal_type?.toLowerCase() ?? null, domainOf(record.user_name)];
      added += Number(
        insert.run(projectId, startOf(record), keyOf(record, row), ...compared, ...row).changes,
      );
    }
    return added;
  });
}

/** Each reading has a connection of its own: on a shared one it would see what is written meanwhile. */
async function* readRecords(folder: string, filter: RecordFilter): AsyncGenerator<ConnectionRecord[], void> {
  const rows = openRows(folder);
  try {
    for (const batch of rows.readRows(filter)) yield batch.map(recordOf);
  } finally {
    rows.close();
  }
}

async function removeRecordsBefore(connection: Connection, time: number): Promise<void> {
  for (const projectId of projectsOf(connection)) {
    while (removeSome(connection, projectId, time) === REMOVED_AT_ONCE) await setImmediate();
  }
}

function removeSome({ statement }: Connection, projectId: string, time: number): number {
  const oldest =
    'SELECT started, key FROM records WHERE project_id = ?1 AND started < ?2 ORDER BY started, key LIMIT ?3';
  const sql = `DELETE FROM records WHERE project_id = ?1 AND (started, key) IN (${oldest})`;
  return Number(statement(sql).run(projectId, time, REMOVED_AT_ONCE).changes);
}

/** From one project to the next along the index; SELECT DISTINCT would look at every record. */
function* projectsOf({ statement }: Connection): Generator<string, void> {
  const next = statement('SELECT min(project_id) FROM records WHERE project_id > ?');
  let [project] = next.get('') as unknown as [string | null];
  while (project !== null) {
    yield project;
    [project] = next.get(project) as unknown as [string | null];
  }
}

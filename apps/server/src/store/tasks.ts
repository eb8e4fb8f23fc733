import { taskCondition } from './condition.ts';
import type { Connection } from './database.ts';
import { groupCommit } from './group-commit.ts';
import type { Page, Task, TaskCount, TaskFilter, TaskPage } from './store.ts';

type Cell = string | number | null;

/** How many pages of lists are kept: those of the tasks that are being followed. */
const MOST_PAGES = 1000;

/** The column of each field. */
const columns = {
  projectId: 'project_id',
  taskId: 'task_id',
  fileName: 'file_name',
  status: 'status',
  failReason: 'fail_reason',
  errorCode: 'error_code',
  createTime: 'create_time',
  endTime: 'end_time',
  isDownload: 'is_download',
  filter: 'filter',
  language: 'language',
  format: 'format',
  size: 'size',
  sha256: 'sha256',
} as const satisfies Record<keyof Task, string>;
const fields = Object.keys(columns) as (keyof Task)[];
const list = Object.values(columns).join(', ');
/** What it was started with, a task keeps; and a change to undefined is no change. */
const changing = ['status', 'failReason', 'errorCode', 'endTime', 'isDownload', 'size', 'sha256'] as const;
const changed = changing.map((field) => `${columns[field]} = coalesce(?, ${columns[field]})`);
const update = `UPDATE tasks SET ${changed.join(', ')} WHERE task_id = ? AND status = ?`;

const marks = fields.map(() => '?').join(', ');

/** The export tasks of a database. */
export function taskTable(connection: Connection) {
  const { statement, transaction } = connection;
  const together = groupCommit(connection);
  const rowsOf = (sql: string, ...values: Cell[]) =>
    (statement(sql).all(...values) as unknown as Cell[][]).map(taskOf);

  // Tasks are asked for far more often than they change, and change here alone.
  const pages = new Map<string, TaskPage>();
  const run = (sql: string, ...values: Cell[]) => {
    const changes = Number(statement(sql).run(...values).changes);
    if (changes > 0) pages.clear();
    return changes;
  };

  function readPage(filter: TaskFilter, { offset, limit }: Page): TaskPage {
    const { sql, values } = taskCondition(filter);
    const order = filter.order === 'ASC' ? 'ASC' : 'DESC';
    const [total] = statement(`SELECT count(*) FROM tasks WHERE ${sql}`).get(...values) as unknown as [
      number,
    ];
    // Those of the same millisecond stay in the order in which they were added.
    const page = `SELECT ${list} FROM tasks WHERE ${sql} ORDER BY create_time ${order}, added ${order} LIMIT ? OFFSET ?`;
    return { tasks: rowsOf(page, ...values, limit, offset), total };
  }

  return {
    find: (projectId: string, taskId: string): Task | undefined =>
      rowsOf(`SELECT ${list} FROM tasks WHERE project_id = ? AND task_id = ?`, projectId, taskId)[0],
    add(task: Task): Promise<number> {
      const cells = fields.map((field) => cellOf(task[field]));
      return together(() => run(`INSERT INTO tasks (${list}) VALUES (${marks})`, ...cells));
    },
    list(filter: TaskFilter, page: Page): TaskPage {
      const key = JSON.stringify([filter, page]);
      const known = pages.get(key);
      if (known) return known;
      if (pages.size >= MOST_PAGES) pages.clear();
      const read = readPage(filter, page);
      pages.set(key, read);
      return read;
    },
    /** Compares and sets at once, because a task may be deleted or expire at the same moment. */
    async update(taskId: string, from: string, changes: Partial<Task>): Promise<boolean> {
      const cells = changing.map((field) => cellOf(changes[field]));
      return (await together(() => run(update, ...cells, taskId, from))) > 0;
    },
    in(status: string): Task[] {
      return rowsOf(`SELECT ${list} FROM tasks WHERE status = ? ORDER BY create_time, added`, status);
    },
    count(): TaskCount[] {
      const sql = 'SELECT status, count(*), min(create_time) FROM tasks GROUP BY status';
      const rows = statement(sql).all() as unknown as [TaskCount['status'], number, number][];
      return rows.map(([status, count, oldest]) => ({ status, count, oldest }));
    },
    async markDownloaded(projectId: string, taskId: string): Promise<void> {
      const sql = 'UPDATE tasks SET is_download = 1 WHERE project_id = ? AND task_id = ? AND is_download = 0';
      run(sql, projectId, taskId);
    },
    remove(projectId: string, taskIds: readonly string[]): Task[] {
      pages.clear();
      const sql = `DELETE FROM tasks WHERE project_id = ? AND task_id = ? RETURNING ${list}`;
      return transaction(() => taskIds.flatMap((taskId) => rowsOf(sql, projectId, taskId)));
    },
  };
}

function cellOf(value: Task[keyof Task]): Cell {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? JSON.stringify(value) : (value ?? null);
}

function taskOf(cells: Cell[]): Task {
  const present = fields.flatMap((field, index) => (cells[index] === null ? [] : [[field, cells[index]]]));
  const { isDownload, filter, ...task } = Object.fromEntries(present);
  return { ...task, isDownload: isDownload === 1, filter: JSON.parse(filter) };
}

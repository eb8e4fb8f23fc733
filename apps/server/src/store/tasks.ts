import { taskCondition } from './condition.ts';
import type { Connection } from './database.ts';
import type { Page, Task, TaskFilter } from './store.ts';

type Cell = string | number | null;

/** How many pages of lists are kept: those of the tasks that are being followed. */
const MOST_PAGES = 1000;

const names = [
  ...['project_id', 'task_id', 'file_name', 'status', 'fail_reason', 'error_code', 'create_time', 'end_time'],
  ...['is_download', 'filter', 'language', 'format', 'size', 'sha256'],
];
const list = names.join(', ');
const marks = names.map(() => '?').join(', ');

/** The export tasks of a database. */
export function taskTable({ statement, transaction }: Connection) {
  const rowsOf = (sql: string, ...values: Cell[]) =>
    (statement(sql).all(...values) as unknown as Cell[][]).map(taskOf);

  const added: { task: Task; resolve: () => void; reject: (error: unknown) => void }[] = [];
  // Tasks are asked for far more often than they change, and change here alone.
  const pages = new Map<string, { tasks: Task[]; total: number }>();
  const change = <T extends unknown[], R>(work: (...args: T) => R) => {
    return (...args: T): R => {
      pages.clear();
      return work(...args);
    };
  };

  function find(projectId: string, taskId: string): Task | undefined {
    return rowsOf(`SELECT ${list} FROM tasks WHERE project_id = ? AND task_id = ?`, projectId, taskId)[0];
  }

  // Those of one turn of the event loop share a transaction, whose end costs more than they do.
  const addAll = change(() => {
    const now = added.splice(0);
    try {
      transaction(() => {
        for (const { task } of now)
          statement(`INSERT INTO tasks (${list}) VALUES (${marks})`).run(...cellsOf(task));
      });
      for (const { resolve } of now) resolve();
    } catch (error) {
      for (const { reject } of now) reject(error);
    }
  });

  function readPage(filter: TaskFilter, { offset, limit }: Page) {
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
    find,
    add: (task: Task): Promise<void> =>
      new Promise((resolve, reject) => {
        if (added.push({ task, resolve, reject }) === 1) setImmediate(addAll);
      }),
    list(filter: TaskFilter, page: Page): { tasks: Task[]; total: number } {
      const key = JSON.stringify([filter, page]);
      const known = pages.get(key);
      if (known) return known;
      if (pages.size >= MOST_PAGES) pages.clear();
      const read = readPage(filter, page);
      pages.set(key, read);
      return read;
    },
    /** Compares and sets in one transaction, because a task may be deleted or expire at the same moment. */
    update: change((taskId: string, from: string, changes: Partial<Task>): boolean =>
      transaction(() => {
        const [task] = rowsOf(`SELECT ${list} FROM tasks WHERE task_id = ? AND status = ?`, taskId, from);
        if (!task) return false;
        const changed = cellsOf({ ...task, ...given(changes), projectId: task.projectId, taskId });
        statement(`UPDATE tasks SET (${list}) = (${marks}) WHERE task_id = ?`).run(...changed, taskId);
        return true;
      }),
    ),
    in(status: string): Task[] {
      return rowsOf(`SELECT ${list} FROM tasks WHERE status = ? ORDER BY create_time, added`, status);
    },
    markDownloaded: change((projectId: string, taskId: string): void => {
      statement('UPDATE tasks SET is_download = 1 WHERE project_id = ? AND task_id = ?').run(
        projectId,
        taskId,
      );
    }),
    remove: change((projectId: string, taskIds: readonly string[]): Task[] => {
      const sql = `DELETE FROM tasks WHERE project_id = ? AND task_id = ? RETURNING ${list}`;
      return transaction(() => taskIds.flatMap((taskId) => rowsOf(sql, projectId, taskId)));
    }),
  };
}

/** A change to undefined is no change: what a task has, it keeps. */
function given(changes: Partial<Task>): Partial<Task> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function cellsOf(task: Task): Cell[] {
  const { projectId, taskId, fileName, status, failReason = null, errorCode = null, createTime } = task;
  const { endTime = null, isDownload, filter, language, format, size = null, sha256 = null } = task;
  const start = [projectId, taskId, fileName, status, failReason, errorCode, createTime, endTime];
  return [...start, Number(isDownload), JSON.stringify(filter), language, format, size, sha256];
}

function taskOf(cells: Cell[]): Task {
  const [projectId, taskId, fileName, status, failReason, errorCode, createTime, endTime] = cells;
  const [isDownload, filter, language, format, size, sha256] = cells.slice(8);
  const task = { projectId, taskId, fileName, status, createTime, language, format };
  const optional = { failReason, errorCode, endTime, size, sha256 };
  const present = Object.entries(optional).filter(([, value]) => value !== null);
  return {
    ...task,
    ...Object.fromEntries(present),
    isDownload: isDownload === 1,
    filter: JSON.parse(filter as string),
  } as Task;
}

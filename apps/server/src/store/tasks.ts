import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { taskCondition } from './condition.ts';
import type { Connection } from './database.ts';
import { groupCommit } from './group-commit.ts';
import type { Hold, Page, Task, TaskCount, TaskFilter, TaskPage, Terms, ToExpire } from './store.ts';
import { cellsOf, changesOf, changingColumns, type TaskCell, taskColumns, taskOf } from './task-columns.ts';

/** How many pages of lists are kept: those of the tasks that are being followed. */
const MOST_PAGES = 1000;

const list = taskColumns.join(', ');
const marks = taskColumns.map(() => '?').join(', ');
// Without the word about the index, SQLite would sort all that wait.
const waiting = `tasks INDEXED BY tasks_in_turn WHERE status = 'CREATING'`;
// After those that the project has waiting already, but not before the one whose turn it is now.
const turn = `max(
  (SELECT coalesce(max(turn) + 1, 0) FROM tasks WHERE project_id = ? AND status = 'CREATING'),
  coalesce((SELECT turn FROM ${waiting} AND (holder IS NOT ? OR held_until <= ?) ORDER BY turn LIMIT 1), 0))`;
const insert = `INSERT INTO tasks (${list}, turn) VALUES (${marks}, ${turn})`;
const changed = changingColumns.map((name) => `${name} = coalesce(?, ${name})`);
const same = 'project_id = ? AND task_id = ? AND fence = ?';
const update = `UPDATE tasks SET ${changed.join(', ')} WHERE ${same} AND status = ?`;
const renew = `UPDATE tasks SET held_until = ? WHERE ${same} AND status = 'CREATING'`;
const running = `SELECT count(*) FROM tasks AS other WHERE status = 'CREATING' AND holder = ?1 AND held_until > ?2`;
const next = `SELECT added FROM ${waiting} AND (holder IS NOT ?1 OR held_until <= ?2)
  AND (${running}) < ?4 AND (${running} AND other.project_id = tasks.project_id) < ?3 ORDER BY turn, added LIMIT 1`;
const take = `UPDATE tasks SET fence = fence + 1, holder = ?1, held_until = ?2 + ?5 WHERE added = (${next}) RETURNING ${list}`;

/** The export tasks of a database, which one process at a time works off: what an earlier one held is free. */
export function taskTable(connection: Connection) {
  const { statement, transaction } = connection;
  const together = groupCommit(connection);
  const holder = randomUUID();
  const changes = new EventEmitter().setMaxListeners(0);
  const rowsOf = (sql: string, ...values: TaskCell[]) =>
    (statement(sql).all(...values) as unknown as TaskCell[][]).map(taskOf);

  // Tasks are asked for far more often than they change, and change here alone.
  const pages = new Map<string, TaskPage>();
  const change = (projectId: string) => {
    pages.clear();
    changes.emit('change', projectId);
  };
  /** Does it together with what else comes, and tells of it when it is done. */
  async function run(projectId: string, sql: string, ...values: TaskCell[]): Promise<boolean> {
    const done = await together(() => statement(sql).run(...values).changes > 0);
    if (done) change(projectId);
    return done;
  }

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
    add: (task: Task) => run(task.projectId, insert, ...cellsOf(task), task.projectId, holder, Date.now()),
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
    update({ projectId, taskId, fence }: Hold, from: string, changes: Partial<Task>): Promise<boolean> {
      return run(projectId, update, ...changesOf(changes), projectId, taskId, fence, from);
    },
    in(status: string): Task[] {
      return rowsOf(`SELECT ${list} FROM tasks WHERE status = ? ORDER BY create_time, added`, status);
    },
    toExpire({ endedBy, projectId, limit }: ToExpire): Task[] {
      const sql = `SELECT ${list} FROM tasks WHERE status = 'SUCCESS' AND end_time <= ?1
        AND (?2 IS NULL OR project_id = ?2) ORDER BY end_time, added LIMIT ?3`;
      return rowsOf(sql, endedBy, projectId ?? null, limit);
    },
    count(): TaskCount[] {
      const sql = 'SELECT status, count(*), min(create_time) FROM tasks GROUP BY status';
      const rows = statement(sql).all() as unknown as [TaskCount['status'], number, number][];
      return rows.map(([status, count, oldest]) => ({ status, count, oldest }));
    },
    async markDownloaded(projectId: string, taskId: string): Promise<void> {
      const sql = 'UPDATE tasks SET is_download = 1 WHERE project_id = ? AND task_id = ? AND is_download = 0';
      await run(projectId, sql, projectId, taskId);
    },
    remove(projectId: string, taskIds: readonly string[]): Task[] {
      const sql = `DELETE FROM tasks WHERE project_id = ? AND task_id = ? RETURNING ${list}`;
      const removed = transaction(() => taskIds.flatMap((taskId) => rowsOf(sql, projectId, taskId)));
      if (removed.length > 0) change(projectId);
      return removed;
    },
    take({ lease, perProject, inAll }: Terms): Promise<Task | undefined> {
      return together(() => rowsOf(take, holder, Date.now(), perProject, inAll, lease)[0]);
    },
    renew(held: readonly Hold[], lease: number): Promise<string[]> {
      const until = Date.now() + lease;
      const still = ({ projectId, taskId, fence }: Hold) =>
        statement(renew).run(until, projectId, taskId, fence).changes > 0;
      return together(() => held.filter(still).map(({ taskId }) => taskId));
    },
    onChange(listener: (projectId: string) => void) {
      changes.on('change', listener);
      return () => void changes.off('change', listener);
    },
  };
}

import type pg from 'pg';
import { taskCondition } from '../condition.ts';
import type { Hold, Page, Task, TaskCount, TaskFilter, TaskPage, Terms, ToExpire } from '../store.ts';
import { cellsOf, changesOf, changingColumns, type TaskCell, taskColumns, taskOf } from '../task-columns.ts';
import { statement, withClient } from './connect.ts';
import { locks } from './migrate.ts';
import { channel } from './news.ts';
import { decoded, encoded, literal, withLiterals } from './text.ts';

const list = taskColumns.join(', ');
const listOf = (table: string) => taskColumns.map((name) => `${table}.${name}`).join(', ');
const marks = (names: readonly string[], from = 1) => names.map((_, index) => `$${index + from}`);

/** Tells all servers of the project in a row of `changed`, with the transaction: to whoever is told, the change is there. */
const telling = (change: string, columns = 'project_id') =>
  `WITH changed AS (${change} RETURNING ${columns}) SELECT *, pg_notify('${channel}', project_id) FROM changed`;

const free = `status = 'CREATING' AND held_until <= clock_timestamp()`;
// After those that the project has waiting already, but not before the one whose turn it is now.
const turn = `greatest(
  (SELECT coalesce(max(turn) + 1, 0) FROM tasks WHERE project_id = $1 AND status = 'CREATING'),
  (SELECT coalesce(min(turn), 0) FROM tasks WHERE ${free}))`;
const insert = telling(
  `INSERT INTO tasks (${list}, turn) VALUES (${marks(taskColumns).join(', ')}, ${turn})`,
);

const [project, id, fence, from] = marks(['', '', '', ''], changingColumns.length + 1);
const types: Record<string, string> = { end_time: '::bigint', is_download: '::smallint', size: '::bigint' };
const changed = changingColumns.map(
  (name, index) => `${name} = coalesce($${index + 1}${types[name] ?? '::text'}, ${name})`,
);
const update = telling(`UPDATE tasks SET ${changed.join(', ')}
  WHERE project_id = ${project} AND task_id = ${id} AND fence = ${fence} AND status = ${from}`);

const milliseconds = (amount: number) => `clock_timestamp() + interval '${literal(amount)} milliseconds'`;

/**
 * Takes the next task. Servers do so one after the other, for the sake of the limits; a row that is being changed is passed over. All of
 * it is one message, so that a server that stops in the middle of it keeps nobody waiting.
 */
const take = ({ lease, perProject, inAll }: Terms) => `
  SELECT pg_advisory_xact_lock(${locks.take});
  WITH running AS (
    SELECT project_id, count(*) AS exports FROM tasks
    WHERE status = 'CREATING' AND held_until > clock_timestamp() GROUP BY project_id
  ), next AS (
    SELECT project_id, task_id FROM tasks WHERE ${free}
      AND (SELECT coalesce(sum(exports), 0) FROM running) < ${literal(inAll)}
      AND coalesce((SELECT exports FROM running WHERE running.project_id = tasks.project_id), 0) < ${literal(perProject)}
    ORDER BY turn, added LIMIT 1 FOR UPDATE SKIP LOCKED
  )
  UPDATE tasks SET fence = fence + 1, held_until = ${milliseconds(lease)}
  FROM next WHERE tasks.project_id = next.project_id AND tasks.task_id = next.task_id RETURNING ${listOf('tasks')}`;

const renew = (lease: number) => `UPDATE tasks SET held_until = ${milliseconds(lease)}
  FROM unnest($1::text[], $2::text[], $3::integer[]) AS held (project_id, task_id, fence)
  WHERE tasks.project_id = held.project_id AND tasks.task_id = held.task_id AND tasks.fence = held.fence
    AND status = 'CREATING' RETURNING tasks.task_id`;

const kept = (value: unknown) => (typeof value === 'string' ? encoded(value) : value);
const taskOfRow = (row: unknown[]): Task =>
  taskOf(row.map((value) => (typeof value === 'string' ? decoded(value) : value)) as TaskCell[]);

/** The export tasks of a database that several servers share. */
export function taskTable(pool: pg.Pool) {
  const run = async (sql: string, ...values: unknown[]) =>
    (await pool.query(statement(sql, values.map(kept)))).rows as unknown[][];

  return {
    find: async (projectId: string, taskId: string): Promise<Task | undefined> =>
      (await run(`SELECT ${list} FROM tasks WHERE project_id = $1 AND task_id = $2`, projectId, taskId)).map(
        taskOfRow,
      )[0],
    async add(task: Task): Promise<void> {
      await run(insert, ...cellsOf(task));
    },
    /** The page and the number of all, of the same moment, in one message. */
    async list(filter: TaskFilter, { offset, limit }: Page): Promise<TaskPage> {
      const { sql, values } = taskCondition(filter);
      const matching = `FROM tasks WHERE ${withLiterals(sql, values)}`;
      const order = filter.order === 'ASC' ? 'ASC' : 'DESC';
      const [, count, page] = (await withClient(pool, (client) =>
        client.query(
          statement(`BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SELECT count(*) ${matching};
            SELECT ${list} ${matching} ORDER BY create_time ${order}, added ${order} LIMIT ${limit} OFFSET ${offset}; COMMIT`),
        ),
      )) as unknown as pg.QueryArrayResult[];
      return { tasks: page!.rows.map(taskOfRow), total: Number(count!.rows[0]![0]) };
    },
    async update({ projectId, taskId, fence }: Hold, from: string, changes: Partial<Task>): Promise<boolean> {
      return (await run(update, ...changesOf(changes), projectId, taskId, fence, from)).length > 0;
    },
    in: async (status: string): Promise<Task[]> =>
      (await run(`SELECT ${list} FROM tasks WHERE status = $1 ORDER BY create_time, added`, status)).map(
        taskOfRow,
      ),
    async toExpire({ endedBy, projectId, limit }: ToExpire): Promise<Task[]> {
      const sql = `SELECT ${list} FROM tasks WHERE status = 'SUCCESS' AND end_time <= $1
        AND ($2::text IS NULL OR project_id = $2) ORDER BY end_time, added LIMIT $3`;
      return (await run(sql, endedBy, projectId ?? null, limit)).map(taskOfRow);
    },
    async count(): Promise<TaskCount[]> {
      const rows = await run('SELECT status, count(*), min(create_time) FROM tasks GROUP BY status');
      return rows.map(([status, count, oldest]) => ({
        status: status as TaskCount['status'],
        count: Number(count),
        oldest: Number(oldest),
      }));
    },
    async markDownloaded(projectId: string, taskId: string): Promise<void> {
      const sql =
        'UPDATE tasks SET is_download = 1 WHERE project_id = $1 AND task_id = $2 AND is_download = 0';
      await run(telling(sql), projectId, taskId);
    },
    async remove(projectId: string, taskIds: readonly string[]): Promise<Task[]> {
      const sql = telling('DELETE FROM tasks WHERE project_id = $1 AND task_id = ANY ($2::text[])', list);
      const removed = (await run(sql, projectId, taskIds.map(encoded))).map((row) =>
        taskOfRow(row.slice(0, taskColumns.length)),
      );
      const place = new Map(taskIds.toReversed().map((taskId, index) => [taskId, -index]));
      return removed.toSorted((a, b) => place.get(a.taskId)! - place.get(b.taskId)!);
    },
    async take(terms: Terms): Promise<Task | undefined> {
      const [, taken] = (await withClient(pool, (client) =>
        client.query(statement(take(terms))),
      )) as unknown as pg.QueryArrayResult[];
      return taken!.rows.map(taskOfRow)[0];
    },
    async renew(held: readonly Hold[], lease: number): Promise<string[]> {
      if (held.length === 0) return [];
      const parts = [
        held.map(({ projectId }) => encoded(projectId)),
        held.map(({ taskId }) => taskId),
        held.map((one) => one.fence),
      ];
      const still = new Set((await run(renew(lease), ...parts)).map(([taskId]) => taskId));
      return held.map(({ taskId }) => taskId).filter((taskId) => still.has(taskId));
    },
  };
}

/** Tasks that the cases of a life start and look at, and everything that was seen of them. */
import { type Basis, basisOfStatus, type Operation, operationNamed } from '../contract.ts';
import { json } from '../judge.ts';
import { oncePerWorld } from '../memo.ts';
import type { Ask, Exchange } from '../request.ts';
import { idOf, Skip, type Task, tasksOf, toSecond, type World } from '../world.ts';

export const start = operationNamed('exportConnectionRecords');
export const list = operationNamed('listExportTasks');
export const download = operationNamed('downloadExportFile');
export const remove = operationNamed('deleteExportTasks');

/** What the page of an operation says. */
export const documented = ({ source }: Operation): Basis => ({ kind: 'documented', why: source });
/** What this project reads out of a silence, and why. */
export const inferred = (why: string): Basis => ({ kind: 'inferred', why });

/** The reading of a download that there is no file for. */
export const NO_FILE: Basis = basisOfStatus(download, 404);

/** A start, between the moments just before it was asked for and just after it was answered. */
export interface Started {
  id: string;
  before: number;
  after: number;
  exchange: Exchange;
}

/** A page of tasks, and how many there are in all. */
export interface Page {
  tasks: Task[];
  ids: string[];
  count: number;
  exchange: Exchange;
}

/** Everything that lists have shown of a task, in order; only for tasks that the run has started. */
export const history = oncePerWorld(() => new Map<string, { task: Task; exchange: Exchange }[]>());

/** Asks for the start of an export of one second, whose file is small and soon there. */
export function startAsk({ hour }: World, more: Partial<Ask> = {}): Ask {
  const second = hour - 3 * 3_600_000;
  return {
    operation: start,
    query: { start_time: toSecond(second), end_time: toSecond(second + 1000), language: 'en_US' },
    ...more,
  };
}

/** Starts an export. Throws `Skip` if it does not start, which is for the cases of the start to tell. */
export async function begin(world: World, more: Partial<Ask> = {}): Promise<Started> {
  const before = world.clock.now();
  const exchange = await world.ask(startAsk(world, more));
  const id = idOf(exchange.answer);
  if (id === undefined) {
    throw new Skip(
      `an export did not start (${exchange.answer.status}); see exportConnectionRecords 200 starts an export and answers with the id of its task`,
    );
  }
  const seen = history(world);
  if (!seen.has(id)) seen.set(id, []);
  return { id, before, after: world.clock.now(), exchange };
}

/** Lists tasks, and keeps what is seen of those that the run has started. Throws `Skip` if there is no list to look at. */
export async function look(
  world: World,
  query: NonNullable<Ask['query']>,
  more: Partial<Ask> = {},
): Promise<Page> {
  const exchange = await world.ask({ operation: list, query, ...more });
  return readPage(world, exchange);
}

/** Reads a list that was answered. Throws `Skip` if there is none. */
export function readPage(world: World, exchange: Exchange): Page {
  const { answer } = exchange;
  const count = (json(answer) as { count?: unknown } | undefined)?.count;
  if (answer.status !== 200 || typeof count !== 'number') {
    throw new Skip(`tasks could not be listed (${answer.status}); see listExportTasks 200 lists the tasks`);
  }
  const tasks = tasksOf(answer);
  for (const task of tasks) history(world).get(String(task.task_id))?.push({ task, exchange });
  return { tasks, ids: tasks.map(({ task_id }) => String(task_id)), count, exchange };
}

/**
 * The task with this id, as listed now. Left out, is_download may hide tasks already downloaded, so a task that is not
 * found is asked for once more among those.
 */
export async function find(
  world: World,
  id: string,
  more: Partial<Ask> = {},
): Promise<{ task?: Task; exchanges: Exchange[] }> {
  const exchanges: Exchange[] = [];
  const queries: NonNullable<Ask['query']>[] = [{ task_id: id }, { task_id: id, is_download: 'true' }];
  for (const query of queries) {
    const { tasks, exchange } = await look(world, query, more);
    exchanges.push(exchange);
    const task = tasks.find(({ task_id }) => task_id === id);
    if (task) return { task, exchanges };
  }
  return { exchanges };
}

/** Finds a task that must be there. Throws `Skip` if it is not. */
export async function findNow(world: World, id: string, more: Partial<Ask> = {}): Promise<Task> {
  const { task } = await find(world, id, more);
  if (!task)
    throw new Skip('a task of this run is not listed; see listExportTasks 200 lists the started task');
  return task;
}

/** Asks for the file of a task. */
export const fileAsk = (id: string, more: Partial<Ask> = {}): Ask => ({
  operation: download,
  path: { task_id: id },
  ...more,
});

/** Asks for the end of tasks. */
export const removeAsk = (ids: readonly string[], more: Partial<Ask> = {}): Ask => ({
  operation: remove,
  body: JSON.stringify({ task_ids: ids }),
  ...more,
});

/** A task in a few words. */
export function inShort(task: Task): string {
  const { task_id, status, is_download, create_time } = task;
  return `${task_id} (${status}, created ${create_time}, is_download ${is_download})`;
}

/** Milliseconds since 1970 of a time of a task; NaN if it is none. */
export function timeOf(text: unknown): number {
  // 2026-02-10T02:11:22.123+0000 lacks the colon that Date.parse needs.
  return Date.parse(String(text ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

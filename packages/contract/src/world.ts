/** What the cases of a run share: the target, and what was started on it. */

import { type Clock, HOUR } from './clock.ts';
import { operationNamed } from './contract.ts';
import { json } from './judge.ts';
import { once } from './memo.ts';
import type { Ask, Exchange } from './request.ts';
import type { Settings } from './settings.ts';

/** Thrown by a case that cannot be tried, with the reason. It is neither a success nor a failure. */
export class Skip extends Error {}

/** A task as it is listed; what is in it is for the cases to judge. */
export type Task = Readonly<Record<string, unknown>>;

export interface World {
  settings: Settings;
  clock: Clock;
  ask: (ask: Ask) => Promise<Exchange>;
  /** The hour in which the run began, in milliseconds since 1970: windows that end before it stay as they are. */
  hour: number;
  /** Starts the one export that many cases look at, or gives the answer of when it was started. */
  started: () => Promise<Exchange>;
  /** The id of that export's task; throws `Skip` if there is none. */
  taskId: () => Promise<string>;
  /** The id of a task that has a file: of that export once it has ended, or else of any; throws `Skip` if there is none. */
  finishedTaskId: () => Promise<string>;
  /** The tasks once each has left CREATING; throws `Skip` if one is not listed, or takes too long. */
  ended: (ids: readonly string[], projectId?: string) => Promise<Task[]>;
  /** Deletes what the run has started and not deleted itself. */
  tidy: () => Promise<Tidied>;
}

/** What became of the tasks that were left. */
export interface Tidied {
  deleted: number;
  /** The ids of those that could not be deleted. */
  stay: string[];
}

/** Tasks that are deleted in one request, well below the limit of the contract. */
const BATCH = 100;
const START = operationNamed('exportConnectionRecords');
const LIST = operationNamed('listExportTasks');
const REMOVE = operationNamed('deleteExportTasks');

/** An id that no server has given to a task. */
export const NO_TASK = 'no-such-task-0';

/** A moment as the export takes it: to the second. */
export function toSecond(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A moment as the list of records takes it: to the minute. */
export function toMinute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}

/** Makes the world of one run. The windows are taken from the clock, and so are the waits. */
export function createWorld(settings: Settings, send: World['ask'], clock: Clock): World {
  const hour = Math.floor(clock.now() / HOUR) * HOUR;
  const left = new Map<string, Ask>();
  const ask: World['ask'] = async (request) => {
    const exchange = await send(request);
    note(request, exchange, left);
    return exchange;
  };
  const started = once(() =>
    ask({
      operation: START,
      // Half a day, an hour ago: short enough to be quick on a live service, and inside the 30 days that it keeps.
      query: { start_time: toSecond(hour - 13 * HOUR), end_time: toSecond(hour - HOUR), language: 'en_US' },
    }),
  );
  const taskId = once(async () => {
    if (settings.absent.start) throw new Skip(`no export is started (${settings.absent.start})`);
    const { answer } = await started();
    const id = idOf(answer);
    if (id === undefined) throw new Skip('the export did not start; see exportConnectionRecords');
    return id;
  });
  const ended: World['ended'] = (ids, projectId) => untilEnded(ids, projectId, { settings, ask, clock });
  const finishedTaskId = once(async () => {
    if (settings.absent.start) return anyFinishedTask(ask);
    const id = await taskId();
    const [task] = await ended([id]);
    if (task?.status !== 'SUCCESS') throw new Skip(`the export ended as ${task?.status}, without a file`);
    return id;
  });
  const tidy = async () => {
    const all = left.size;
    const told = () => ({ deleted: all - left.size, stay: [...left.keys()] });
    if (settings.absent.delete) return told();
    for (const projectId of new Set([...left.values()].map((request) => request.projectId))) {
      const project = projectId === undefined ? {} : { projectId };
      const ids = [...left.keys()].filter((id) => left.get(id)?.projectId === projectId);
      for (let from = 0; from < ids.length; from += BATCH) {
        const task_ids = ids.slice(from, from + BATCH);
        // Through `ask`, which notes what is deleted.
        await ask({ operation: REMOVE, body: JSON.stringify({ task_ids }), ...project }).catch(() => {});
      }
    }
    return told();
  };
  return { settings, clock, ask, hour, started, taskId, finishedTaskId, ended, tidy };
}

/** The id of a started task, if the answer has one. */
export function idOf(answer: Exchange['answer']): string | undefined {
  const id = (json(answer) as { task_id?: unknown } | undefined)?.task_id;
  return answer.status === 200 && typeof id === 'string' && id !== '' ? id : undefined;
}

/** The tasks in an answer of listExportTasks; none if it is of another shape. */
export function tasksOf(answer: Exchange['answer']): Task[] {
  const list = (json(answer) as { export_tasks?: unknown } | undefined)?.export_tasks;
  return Array.isArray(list) ? list.filter((task) => typeof task === 'object' && task !== null) : [];
}

/** Keeps the ids of started tasks until they are deleted, with the request that started them. */
function note(request: Ask, { answer }: Exchange, left: Map<string, Ask>): void {
  if (request.operation === START) {
    const id = idOf(answer);
    if (id !== undefined) left.set(id, request);
  }
  if (request.operation === REMOVE && answer.status === 200) {
    const { task_ids } = JSON.parse(request.body ?? '{}') as { task_ids?: string[] };
    for (const id of task_ids ?? []) left.delete(id);
  }
}

async function anyFinishedTask(ask: World['ask']): Promise<string> {
  const [task] = tasksOf((await ask({ operation: LIST, query: { status: 'SUCCESS' } })).answer);
  if (typeof task?.task_id !== 'string')
    throw new Skip('no export is started, and no task listed has a file');
  return task.task_id;
}

async function untilEnded(
  ids: readonly string[],
  projectId: string | undefined,
  { settings: { patience }, ask, clock }: Pick<World, 'settings' | 'ask' | 'clock'>,
): Promise<Task[]> {
  const deadline = clock.now() + patience * 1000;
  const project = projectId === undefined ? {} : { projectId };
  const tasks: Task[] = [];
  // Quick at first for a server on this machine, then slowly, to stay far inside the rate limit of a live one.
  for (let delay = 10; tasks.length < ids.length; delay = Math.min(delay * 2, 5000)) {
    const id = ids[tasks.length] as string;
    // Left out, is_download might hide tasks already downloaded, but nobody has downloaded this one yet.
    const { answer } = await ask({ operation: LIST, query: { task_id: id }, ...project });
    const task = tasksOf(answer).find(({ task_id }) => task_id === id);
    if (!task) throw new Skip('the started task is not listed; see listExportTasks');
    if (task.status !== 'CREATING') {
      tasks.push(task);
      delay = 5;
      continue;
    }
    if (clock.now() + delay > deadline) {
      throw new Skip(`the export was still CREATING after ${patience} s (--patience)`);
    }
    await clock.pause(delay);
  }
  return tasks;
}

/** What the cases share: the target, and the one export that a run starts. */
import type { Clock } from './clock.ts';
import { operationNamed } from './contract.ts';
import { json } from './judge.ts';
import type { Ask, Exchange } from './request.ts';
import type { Settings } from './settings.ts';

/** Thrown by a case that cannot be tried, with the reason. It is neither a success nor a failure. */
export class Skip extends Error {}

export interface World {
  settings: Settings;
  ask: (ask: Ask) => Promise<Exchange>;
  /** Starts the one export of this run, or gives the answer of when it was started. */
  started: () => Promise<Exchange>;
  /** The id of that export's task; throws `Skip` if there is none. */
  taskId: () => Promise<string>;
  /** The id of a task that has a file: of that export once it has ended, or else of any; throws `Skip` if there is none. */
  finishedTaskId: () => Promise<string>;
}

/** Half a day, an hour ago: short enough to be quick on a live service, and inside the 30 days that it keeps. */
const WINDOW = { from: -13, to: -1 };
const HOUR = 3_600_000;

/** Makes the world of one run. The export's window is taken from the clock, and so are the waits for its end. */
export function createWorld(settings: Settings, ask: World['ask'], clock: Clock): World {
  const now = clock.now();
  const time = (hours: number) => new Date(now + hours * HOUR).toISOString().replace(/\.\d+/, '');
  const started = once(() =>
    ask({
      operation: operationNamed('exportConnectionRecords'),
      query: { start_time: time(WINDOW.from), end_time: time(WINDOW.to), language: 'en_US' },
    }),
  );
  const taskId = once(async () => {
    if (settings.absent.start) throw new Skip(`no export is started (${settings.absent.start})`);
    const { answer } = await started();
    const id = (json(answer) as { task_id?: unknown } | undefined)?.task_id;
    if (answer.status !== 200 || typeof id !== 'string' || id === '') {
      throw new Skip('the export did not start; see exportConnectionRecords');
    }
    return id;
  });
  const finishedTaskId = once(async () => {
    if (settings.absent.start) return anyFinishedTask(ask);
    const id = await taskId();
    await untilEnded(id, settings.patience, ask, clock);
    return id;
  });
  return { settings, ask, started, taskId, finishedTaskId };
}

async function anyFinishedTask(ask: World['ask']): Promise<string> {
  const [task] = await tasks(ask, { status: 'SUCCESS' });
  if (typeof task?.task_id !== 'string')
    throw new Skip('no export is started, and no task listed has a file');
  return task.task_id;
}

async function untilEnded(id: string, patience: number, ask: World['ask'], clock: Clock): Promise<void> {
  const deadline = clock.now() + patience * 1000;
  // Quick at first for a server on this machine, then slowly, to stay far inside the rate limit of a live one.
  for (let delay = 100; ; delay = Math.min(delay * 2, 5000)) {
    // Left out, is_download might hide tasks already downloaded, but nobody has downloaded this one yet.
    const task = (await tasks(ask, { task_id: id })).find(({ task_id }) => task_id === id);
    if (!task) throw new Skip('the started task is not listed; see listExportTasks');
    if (task.status === 'SUCCESS') return;
    if (task.status !== 'CREATING') throw new Skip(`the export ended as ${task.status}, without a file`);
    if (clock.now() + delay > deadline) {
      throw new Skip(`the export was still CREATING after ${patience} s (--patience)`);
    }
    await clock.pause(delay);
  }
}

interface Task {
  task_id?: unknown;
  status?: unknown;
}

async function tasks(ask: World['ask'], query: Record<string, string>): Promise<Task[]> {
  const { answer } = await ask({ operation: operationNamed('listExportTasks'), query });
  const list = (json(answer) as { export_tasks?: unknown } | undefined)?.export_tasks;
  return Array.isArray(list) ? list.filter((task) => typeof task === 'object' && task !== null) : [];
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A server of tasks in memory, without HTTP: it keeps the rules of a task's life, but those that a test breaks. */

import { type Clock, DAY } from '../clock.ts';
import { download, list, remove, start } from '../life/tasks.ts';
import type { Ask, Exchange } from '../request.ts';
import { instantClock } from './try-against.ts';

export interface FakeTask {
  task_id: string;
  file_name: string;
  status: string;
  create_time: string;
  end_time?: string;
  fail_reason?: string;
  is_download: boolean;
  /** How often it is still looked at until it ends; less than none since. */
  looks: number;
  project: string;
}

type Query = Readonly<Record<string, string>>;

/** The rules that a test may break, one by one. */
export interface Rules {
  id: (number: number) => string;
  fileName: (number: number) => string;
  matches: (task: FakeTask, query: Query) => boolean;
  sorted: (tasks: readonly FakeTask[], query: Query) => readonly FakeTask[];
  page: (
    matching: readonly FakeTask[],
    offset: number,
    limit: number,
    all: readonly FakeTask[],
  ) => readonly FakeTask[];
  count: (matching: readonly FakeTask[], all: readonly FakeTask[], page: readonly FakeTask[]) => number;
  shown: (task: FakeTask) => object;
  /** Moves a task on that is looked at. */
  moveOn: (task: FakeTask, now: string) => void;
  find: (tasks: readonly FakeTask[], id: string) => FakeTask | undefined;
  hasFile: (task: FakeTask) => boolean;
  file: (task: FakeTask) => string;
  /** What a download, or a refused one, does to its task and to others. */
  mark: (task: FakeTask, all: readonly FakeTask[], refused: boolean) => void;
  left: (tasks: readonly FakeTask[], ids: readonly string[], refused: boolean) => FakeTask[];
  defaultLimit: number;
}

const FILTERS = ['task_id', 'file_name', 'status', 'is_download'] as const;

/** The rules as the contract has them. */
export const RIGHT: Rules = {
  id: (number) => `ab${String(number).padStart(30, '0')}`,
  fileName: (number) => `export-${number}.csv`,
  matches: (task, query) =>
    FILTERS.every((name) => query[name] === undefined || String(task[name]) === query[name]),
  sorted: (tasks, { sort_type }) => (sort_type === 'DESC' ? tasks.toReversed() : tasks),
  page: (matching, offset, limit) => matching.slice(offset, offset + limit),
  count: (matching) => matching.length,
  shown: ({ looks: _, project: __, fail_reason, ...task }) =>
    task.status === 'FAIL' ? { ...task, fail_reason } : task,
  moveOn: (task, now) => {
    task.looks -= 1;
    if (task.status === 'CREATING' && task.looks <= 0) {
      task.status = task.fail_reason ? 'FAIL' : 'SUCCESS';
      task.end_time = now;
    }
    const age = Date.parse(now) - Date.parse(task.end_time ?? now);
    if (task.status === 'SUCCESS' && age > 7 * DAY) task.status = 'EXPIRED';
  },
  find: (tasks, id) => tasks.find(({ task_id }) => task_id === id),
  hasFile: ({ status }) => status === 'SUCCESS',
  file: ({ file_name }) => `a,b\n${file_name}`,
  mark: (task, _, refused) => {
    if (!refused) task.is_download = true;
  },
  left: (tasks, ids, refused) => tasks.filter(({ task_id }) => refused || !ids.includes(task_id)),
  defaultLimit: 20,
};

type Reply = [status: number, body?: unknown];

const refusal = (status: number): Reply => [status, { error_code: `WKS.00000${status}`, error_msg: 'No.' }];

/** Starts the server: what answers, and the clock by which it does. Its tasks end after they were looked at twice. */
export function fakeTasks(broken: Partial<Rules> = {}): {
  ask: (ask: Ask) => Promise<Exchange>;
  clock: Clock;
} {
  const rules = { ...RIGHT, ...broken };
  const { clock } = instantClock();
  const moved = new Map<string, number>();
  let tasks: FakeTask[] = [];
  let started = 0;
  const time = (project: string) => new Date(clock.now() + (moved.get(project) ?? 0)).toISOString();
  const of = (project: string) => tasks.filter((task) => task.project === project);

  function begin(project: string, fault = ''): Reply {
    started += 1;
    void clock.pause(1);
    const task_id = rules.id(started);
    const task = {
      task_id,
      file_name: rules.fileName(started),
      status: 'CREATING',
      create_time: time(project),
    };
    const failing = fault === 'fail' ? { fail_reason: 'It was asked to.' } : {};
    tasks.push({ ...task, ...failing, is_download: false, looks: fault.startsWith('slow') ? 4 : 2, project });
    return [200, { task_id }];
  }

  function page(project: string, query: Query): Reply {
    for (const task of of(project)) rules.moveOn(task, time(project));
    const matching = of(project).filter((task) => rules.matches(task, query));
    const limit = Number(query.limit ?? rules.defaultLimit);
    const items = rules.page(rules.sorted(matching, query), Number(query.offset ?? 0), limit, of(project));
    return [200, { export_tasks: items.map(rules.shown), count: rules.count(matching, of(project), items) }];
  }

  function get(project: string, id: string, refused: boolean): Reply {
    const task = rules.find(of(project), id);
    if (task) rules.mark(task, tasks, refused || !rules.hasFile(task));
    if (refused) return refusal(401);
    return task && rules.hasFile(task) ? [200, rules.file(task)] : refusal(404);
  }

  function away(project: string, body: string, status: number): Reply {
    const { task_ids: ids } = JSON.parse(body) as { task_ids: string[] };
    const right = new Set(ids).size === ids.length && ids.every(({ length }) => length <= 64);
    const kept = rules.left(of(project), ids, status !== 200 || !right);
    tasks = tasks.filter((task) => task.project !== project || kept.includes(task));
    return status === 200 && right ? [200] : refusal(status === 200 ? 400 : status);
  }

  function answer({ operation, method, proof, projectId: project = 'own', headers, ...ask }: Ask): Reply {
    const status = method ? 405 : proof === 'none' ? 401 : 200;
    const days = Number(/^(\d+)d$/.exec(headers?.['X-Sandbox-Advance'] ?? '')?.[1] ?? 0);
    moved.set(project, (moved.get(project) ?? 0) + days * DAY);
    if (operation === start) return begin(project, headers?.['X-Sandbox-Fault']);
    if (operation === list) return page(project, (ask.query ?? {}) as Query);
    if (operation === download) return get(project, ask.path?.task_id ?? '', status !== 200);
    return operation === remove ? away(project, ask.body ?? '', status) : refusal(404);
  }

  async function ask(asked: Ask): Promise<Exchange> {
    const [status, body] = answer(asked);
    const isFile = typeof body === 'string';
    const required = asked.operation.responses.get(status)?.headers.filter((header) => header.required) ?? [];
    const headers = new Headers(required.map(({ name }): [string, string] => [name, '1']));
    if (body !== undefined) headers.set('Content-Type', isFile ? 'text/csv' : 'application/json');
    const task = rules.find(tasks, asked.path?.task_id ?? '');
    if (isFile && task) headers.set('Content-Disposition', `attachment; filename="${task.file_name}"`);
    const bytes = new TextEncoder().encode(isFile ? body : (JSON.stringify(body) ?? ''));
    const curl = `curl ${asked.operation.id} ${JSON.stringify(asked.query ?? asked.path ?? asked.body ?? '')}`;
    return { curl, answer: { status, headers, bytes } };
  }

  return { ask, clock };
}

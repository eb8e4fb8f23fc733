/** One life of tasks on a server, held against the state machine of a task. */
import { advance, anyRows } from '../life/sandbox.ts';
import { download, list, remove, startAsk } from '../life/tasks.ts';
import type { Ask } from '../request.ts';
import type { Trial } from '../trial.ts';
import { idOf, NO_TASK, Skip, type Task, tasksOf } from '../world.ts';
import type { Action, Step } from './actions.ts';
import { removeAll } from './cases.ts';
import {
  ALONE,
  age,
  born,
  hasFile,
  type Known,
  listed,
  type Meanwhile,
  marked,
  mayBe,
  see,
  strange,
} from './model.ts';

/** How long a life waits for its exports, in milliseconds: on a slow server it goes on without. */
const WAIT = 2000;

/** One life on the server: what was done, and what is known of it. */
export class Life {
  readonly #trial: Trial;
  readonly #project: { projectId: string } | undefined;
  /** The ids of all lives, none of which may come twice. */
  readonly #everyId: Set<string>;
  readonly #known: Known[] = [];

  constructor(trial: Trial, project: { projectId: string } | undefined, everyId: Set<string>) {
    this.#trial = trial;
    this.#project = project;
    this.#everyId = everyId;
  }

  /** Does the actions of a step at the same time, judges each by what was known before, and then knows more. */
  async live(step: Step): Promise<void> {
    const learnt: (() => void)[] = [];
    const outcomes = await Promise.allSettled(
      step.map((action, index) => this.#act(action, this.#meanwhile(step.toSpliced(index, 1)), learnt)),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    for (const learn of learnt) learn();
  }

  /** Deletes what is left. */
  async end(): Promise<void> {
    const left = this.#known.filter(({ there }) => there !== 'no').map(({ id }) => id);
    if (left.length > 0) await removeAll(this.#trial.world, left, this.#project);
  }

  #task(place: number): Known | undefined {
    return this.#known[place % Math.max(1, this.#known.length)];
  }

  /** What the other actions of a step do to each task. */
  #meanwhile(others: Step): (known: Known) => Meanwhile {
    if (others.length === 0) return () => ALONE;
    return (known) => ({
      deleted: others.some((one) => one.kind === 'delete' && this.#named(one).includes(known)),
      downloaded: others.some((one) => one.kind === 'download' && this.#task(one.task) === known),
      aged: others.some(({ kind }) => kind === 'age'),
    });
  }

  #named({ tasks }: Action & { kind: 'delete' }): Known[] {
    return [...new Set(tasks.flatMap((place) => this.#task(place) ?? []))];
  }

  #ask(ask: Ask, statuses?: readonly number[]) {
    return this.#trial.ask({ ...ask, ...this.#project }, statuses);
  }

  #act(action: Action, meanwhile: (known: Known) => Meanwhile, learnt: (() => void)[]): Promise<unknown> {
    switch (action.kind) {
      case 'start':
        return this.#start(action, learnt);
      case 'poll':
        return this.#poll(this.#task(action.task), meanwhile, learnt);
      case 'page':
        return this.#page(action, meanwhile, learnt);
      case 'download':
        return this.#download(action, meanwhile, learnt);
      case 'delete':
        return this.#delete(action, meanwhile, learnt);
      case 'end':
        return this.#wait(meanwhile, learnt);
      case 'age':
        return this.#age(learnt);
    }
  }

  async #start({ fault }: Action & { kind: 'start' }, learnt: (() => void)[]): Promise<void> {
    const { world } = this.#trial;
    // By its own clock, the project of a sandbox may be years ahead of any window of ours.
    const ask = startAsk(world, this.#project ? anyRows(this.#project) : {});
    const answer = await this.#ask(fault ? { ...ask, headers: { 'X-Sandbox-Fault': fault } } : ask);
    const id = idOf(answer);
    if (id === undefined) throw new Skip('an export did not start');
    this.#trial.demand(!this.#everyId.has(id), {
      rule: 'Every export has an id of its own.',
      expected: 'an id that no export had before',
      came: id,
    });
    this.#everyId.add(id);
    learnt.push(() => this.#known.push(born(id)));
  }

  async #poll(
    known: Known | undefined,
    meanwhile: (known: Known) => Meanwhile,
    learnt: (() => void)[],
  ): Promise<unknown> {
    if (!known) return undefined;
    const other = meanwhile(known);
    const query = { task_id: known.id };
    let found = tasksOf(await this.#ask({ operation: list, query }));
    // Left out, is_download may hide what is downloaded.
    if (found.length === 0 && marked(known, other) !== 'no') {
      found = tasksOf(await this.#ask({ operation: list, query: { ...query, is_download: 'true' } }));
    }
    const task = found.find(({ task_id }) => task_id === known.id);
    if (task) this.#judge(known, task, other, learnt);
    const claim = listed(known, other);
    if (claim === 'yes') this.#demandListed(known, task);
    if (!task && claim === 'maybe' && !other.deleted)
      learnt.push(() => Object.assign(known, { there: 'no' }));
    return task?.status;
  }

  async #page(
    { status, isDownload }: Action & { kind: 'page' },
    meanwhile: (known: Known) => Meanwhile,
    learnt: (() => void)[],
  ): Promise<void> {
    const query = {
      sort_field: 'create_time',
      sort_type: 'DESC',
      limit: '100',
      ...(status ? { status } : {}),
      ...(isDownload === undefined ? {} : { is_download: String(isDownload) }),
    };
    const tasks = tasksOf(await this.#ask({ operation: list, query }));
    for (const known of this.#known) {
      const other = meanwhile(known);
      const found = tasks.filter(({ task_id }) => task_id === known.id);
      this.#trial.demand(found.length < 2, {
        rule: 'A list has every task once.',
        expected: `${known.id} once`,
        came: `${known.id} ${found.length} times`,
      });
      if (found[0]) this.#judge(known, found[0], other, learnt);
      if (this.#must(known, other, status, isDownload)) this.#demandListed(known, found[0]);
    }
  }

  /** Whether a page with these filters must have the task. */
  #must(known: Known, other: Meanwhile, status?: string, isDownload?: boolean): boolean {
    if (listed(known, other) !== 'yes') return false;
    const statuses = ['CREATING', 'SUCCESS', 'FAIL', 'EXPIRED'].filter((one) => mayBe(known, one, other));
    if (status !== undefined && statuses.join() !== status) return false;
    // A new task may be without is_download, and one left out may hide what is downloaded.
    return marked(known, other) === (isDownload ? 'yes' : 'no');
  }

  #judge(known: Known, task: Task, meanwhile: Meanwhile, learnt: (() => void)[]): void {
    const wrong = strange(known, task, meanwhile);
    this.#trial.demand(!wrong, {
      rule: wrong?.rule ?? '',
      expected: wrong?.expected ?? '',
      came: `${task.task_id}, ${task.status}, is_download ${task.is_download}`,
    });
    learnt.push(() => {
      see(known, task.status);
      if (task.is_download === true) known.downloaded = 'yes';
      if (known.there === 'maybe' && !meanwhile.deleted) known.there = 'yes';
    });
  }

  #demandListed({ id }: Known, task: Task | undefined): void {
    this.#trial.demand(task !== undefined, {
      rule: 'A task is listed from its start until it is deleted.',
      expected: id,
      came: 'no such task',
    });
  }

  async #download(
    { task: place, range }: Action & { kind: 'download' },
    meanwhile: (known: Known) => Meanwhile,
    learnt: (() => void)[],
  ): Promise<void> {
    const known = this.#task(place);
    const file = known ? hasFile(known, meanwhile(known)) : 'no';
    const { status } = await this.#ask(
      {
        operation: download,
        path: { task_id: known?.id ?? NO_TASK },
        ...(range ? { headers: { Range: 'bytes=0-2' } } : {}),
      },
      [...(range ? [206] : []), 200, 404],
    );
    this.#trial.demand(file === 'maybe' || (file === 'yes') === (status !== 404), {
      rule:
        file === 'yes'
          ? 'A task that is SUCCESS has a file.'
          : 'A task that failed, expired or was deleted has no file.',
      expected: file === 'yes' ? 'the file' : '404',
      came: `${status}, of ${known?.id ?? 'no task'}, last seen as ${known?.seen ?? 'none'}`,
    });
    if (!known || status === 404) return;
    learnt.push(() => {
      see(known, 'SUCCESS');
      // Whether a part of a file is enough, nobody says.
      if (status === 200) known.downloaded = 'yes';
      else if (known.downloaded === 'no') known.downloaded = 'maybe';
    });
  }

  async #delete(
    action: Action & { kind: 'delete' },
    meanwhile: (known: Known) => Meanwhile,
    learnt: (() => void)[],
  ): Promise<void> {
    const known = this.#named(action);
    const ids = [...known.map(({ id }) => id), ...(action.strange ? [NO_TASK] : [])];
    if (ids.length === 0) return;
    // What is not documented: unknown ids, tasks deleted already, and tasks that are still CREATING.
    const sure = known.every(
      (one) => one.there === 'yes' && one.seen !== undefined && one.seen !== 'CREATING',
    );
    const alone = known.every((one) => !meanwhile(one).deleted);
    const statuses = sure && alone && !action.strange ? [200] : [200, 404, 400];
    const body = JSON.stringify({ task_ids: ids });
    const { status } = await this.#ask({ operation: remove, body }, statuses);
    learnt.push(() => {
      for (const one of known) {
        if (status === 200) one.there = 'no';
        else if (one.there === 'yes') one.there = 'maybe';
      }
    });
  }

  /** Waits until every task has ended, for a while. */
  async #wait(meanwhile: (known: Known) => Meanwhile, learnt: (() => void)[]): Promise<void> {
    const { clock } = this.#trial.world;
    const until = clock.now() + WAIT;
    for (const known of this.#known) {
      for (let delay = 5; clock.now() < until; delay = Math.min(delay * 2, 100)) {
        if ((await this.#poll(known, meanwhile, learnt)) !== 'CREATING') break;
        await clock.pause(delay);
      }
    }
  }

  async #age(learnt: (() => void)[]): Promise<void> {
    // What ends in the same step may end by the clock as it was, or as it is.
    const ended = this.#known.filter(({ seen }) => seen === 'SUCCESS');
    const exchange = await advance(this.#trial.world, '31d');
    this.#trial.judge(list, exchange, [200]);
    learnt.push(() => {
      for (const known of this.#known) age(known, ended.includes(known));
    });
  }
}

/** The tests of the tests: servers of tasks with one defect each, in memory, and the shortest life that shows it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../attempt.ts';
import { list } from '../life/tasks.ts';
import type { Settings } from '../settings.ts';
import { fakeTasks, RIGHT, type Rules } from '../testing/fake-tasks.ts';
import { BASE } from '../testing/try-against.ts';
import { noFindings } from '../trial.ts';
import { createWorld } from '../world.ts';
import { lives, type Step } from './actions.ts';
import { livesCase } from './lives.ts';
import { ALONE, age, born, hasFile, type Known, listed, marked, mayBe, see } from './model.ts';

async function tryOn(broken: Partial<Rules>, given: Partial<Settings> = {}, findings = noFindings()) {
  const server = fakeTasks(broken);
  const settings: Settings = {
    ...BASE,
    baseUrl: 'http://fake',
    examples: false,
    absent: {},
    runs: 100,
    ...given,
  };
  const world = createWorld(settings, server.ask, server.clock);
  const run = livesCase();
  const { operation, status, title, basis } = run;
  return attempt({ operation, status, title, basis, run }, world, findings, (text) => text);
}

/** A server that breaks one rule, what the failure says, and the most requests that it takes to show it. */
const BROKEN: readonly [defect: string, rules: Partial<Rules>, says: string, requests: number][] = [
  ['an id given twice', { id: (number) => `ab${number % 3}` }, 'Every export has an id of its own.', 4],
  [
    'a status that moves back after a download',
    {
      mark: (task, _, refused) =>
        void (refused || Object.assign(task, { is_download: true, status: 'CREATING' })),
    },
    'A task that is SUCCESS has a file.',
    8,
  ],
  ['no mark of a download', { mark: () => {} }, 'is_download says whether', 6],
  [
    'a mark on every task',
    { mark: (_, all) => void all.map((one) => Object.assign(one, { is_download: true })) },
    'is_download says whether',
    8,
  ],
  [
    'a delete of the first alone',
    { left: (tasks, ids) => RIGHT.left(tasks, ids.slice(0, 1), false) },
    'not listed any more',
    8,
  ],
  [
    'a delete of a downloaded task that is ignored',
    { left: (tasks, ids) => tasks.filter((one) => one.is_download || !ids.includes(one.task_id)) },
    'A task that failed, expired or was deleted has no file.',
    8,
  ],
  [
    'a task that is lost when another one is downloaded',
    { matches: (task, query) => !(task.looks < -2 && !task.is_download) && RIGHT.matches(task, query) },
    'A task is listed from its start until it is deleted.',
    9,
  ],
];

describe('the case of made-up lives', () => {
  it('passes on a server that keeps the contract, in a sandbox too', async () => {
    expect(await tryOn({})).toEqual({ outcome: 'passed' });
    expect(await tryOn({}, { sandbox: true })).toEqual({ outcome: 'passed' });
  });

  it.each(BROKEN)('tells %s by a short life', async (_, rules, says, requests) => {
    const verdict = await tryOn(rules);
    const failure = verdict.outcome === 'failed' ? verdict.failure : JSON.stringify(verdict);
    expect(failure).toContain(says);
    expect(failure).toContain('(--seed 1 --runs 100 repeats it)');
    expect(failure.match(/curl/g)?.length).toBeLessThanOrEqual(requests);
  });

  it('tells an expiry that forgets a task, where a sandbox has a clock', async () => {
    const rules: Partial<Rules> = { moveOn: (task) => RIGHT.moveOn(task, task.end_time ?? task.create_time) };
    const verdict = await tryOn(rules, { sandbox: true });
    expect(verdict).toMatchObject({ outcome: 'failed', failure: expect.stringContaining('has expired') });
  });

  it('finds the same life again with the same seed', async () => {
    const rules: Partial<Rules> = { mark: () => {} };
    const requests = async () => JSON.stringify(await tryOn(rules, { seed: 7 })).match(/curl \w+ [^ ]*/g);
    expect(await requests()).toEqual(await requests());
  });

  it('is skipped where another case may have told the same', async () => {
    const findings = noFindings();
    findings.told.set(list, 'lists something');
    expect(await tryOn({ mark: () => {} }, {}, findings)).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringContaining('told already by "listExportTasks: lists something"'),
    });
  });
});

describe('a made-up life', () => {
  const kinds = (allowed: Parameters<typeof lives>[0]) =>
    new Set(
      fc
        .sample(lives(allowed), { seed: 1, numRuns: 200 })
        .flatMap((steps: Step[]) => steps.flat().map(({ kind }) => kind)),
    );

  it('begins with a start', () => {
    for (const [first] of fc.sample(lives({ download: true, delete: true, sandbox: true }), 20)) {
      expect(first).toEqual([{ kind: 'start' }]);
    }
  });

  it('does only what the server lets be done', () => {
    expect([...kinds({ download: false, delete: false, sandbox: false })].sort()).toEqual([
      'end',
      'page',
      'poll',
      'start',
    ]);
    expect(kinds({ download: true, delete: true, sandbox: true }).size).toBe(7);
  });

  it('has actions at the same time too', () => {
    const steps = fc
      .sample(lives({ download: true, delete: true, sandbox: false }), { seed: 1, numRuns: 50 })
      .flat();
    expect(steps.some(({ length }) => length > 1)).toBe(true);
  });
});

describe('the state machine of a task', () => {
  const known = (more: Partial<Known>): Known => ({ ...born('a'), ...more });

  it('lets a new task be in any status but EXPIRED', () => {
    const may = ['CREATING', 'SUCCESS', 'FAIL', 'EXPIRED'].filter((status) =>
      mayBe(born('a'), status, ALONE),
    );
    expect(may).toEqual(['CREATING', 'SUCCESS', 'FAIL']);
  });

  it('lets no status move back, and a success not become a failure', () => {
    expect(mayBe(known({ seen: 'SUCCESS' }), 'CREATING', ALONE)).toBe(false);
    expect(mayBe(known({ seen: 'SUCCESS' }), 'FAIL', ALONE)).toBe(false);
    expect(mayBe(known({ seen: 'EXPIRED' }), 'SUCCESS', ALONE)).toBe(false);
  });

  it('keeps the later of two statuses that were seen at the same time', () => {
    const task = born('a');
    see(task, 'SUCCESS');
    see(task, 'CREATING');
    expect(task.seen).toBe('SUCCESS');
  });

  it('is expired after its time, if it had ended before the clock moved', () => {
    const [ended, running] = [known({ seen: 'SUCCESS' }), known({ seen: 'CREATING' })];
    age(ended, true);
    age(running, false);
    expect([hasFile(ended, ALONE), hasFile(running, ALONE)]).toEqual(['no', 'maybe']);
    expect(mayBe(ended, 'SUCCESS', ALONE)).toBe(false);
    expect(mayBe(running, 'SUCCESS', ALONE)).toBe(true);
  });

  it('leaves open what happens at the same time', () => {
    const task = known({ seen: 'SUCCESS' });
    expect(hasFile(task, ALONE)).toBe('yes');
    expect(hasFile(task, { ...ALONE, deleted: true })).toBe('maybe');
    expect(listed(task, { ...ALONE, deleted: true })).toBe('maybe');
    expect(marked(task, { ...ALONE, downloaded: true })).toBe('maybe');
    expect(listed(known({ there: 'no' }), ALONE)).toBe('no');
  });
});

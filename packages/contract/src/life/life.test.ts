/** The tests of the tests: servers of tasks with one defect each, in memory, and the case that is to tell it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { attempt } from '../attempt.ts';
import type { Settings } from '../settings.ts';
import { FIELDS, FILTERS, PAGES, STARTS } from '../testing/broken-lists.ts';
import { DOWNLOADS, gone, REMOVALS, SANDBOX } from '../testing/broken-tasks.ts';
import { fakeTasks, RIGHT, type Rules } from '../testing/fake-tasks.ts';
import { BASE } from '../testing/try-against.ts';
import { noFindings } from '../trial.ts';
import { createWorld, type World } from '../world.ts';
import { lifeCases } from './index.ts';

async function tryOn(broken: Partial<Rules>, given: Partial<Settings> = {}) {
  const server = fakeTasks(broken);
  const asked = new Set<string>();
  const settings: Settings = { ...BASE, baseUrl: 'http://fake', examples: false, absent: {}, ...given };
  const ask: World['ask'] = (request) => {
    asked.add(`${request.operation.id}${request.proof === 'none' ? ' anonymous' : ''}`);
    return server.ask(request);
  };
  const world = createWorld(settings, ask, server.clock);
  const findings = noFindings();
  const failed = new Map<string, string>();
  const skipped = new Map<string, string>();
  const cases = lifeCases().filter(({ needs = [] }) => !needs.some((need) => settings.absent[need]));
  for (const run of [...cases.filter(({ late }) => !late), ...cases.filter(({ late }) => late)]) {
    const { operation, status, title, basis } = run;
    const verdict = await attempt({ operation, status, title, basis, run }, world, findings, (text) => text);
    if (verdict.outcome === 'failed') failed.set(title, verdict.failure);
    if (verdict.outcome === 'skipped') skipped.set(title, verdict.reason);
  }
  return { failed, skipped, asked };
}

describe('the cases of the life of a task', () => {
  beforeEach(() => gone.clear());

  it('all pass on a server that keeps the contract', async () => {
    const { failed, skipped } = await tryOn({}, { sandbox: true });
    expect([...failed.values()]).toEqual([]);
    expect([...skipped]).toEqual([]);
  });

  it('all pass on a server that hides downloaded tasks where is_download is left out', async () => {
    const { failed } = await tryOn({
      matches: (task, query) => RIGHT.matches(task, { is_download: 'false', ...query }),
    });
    expect([...failed.values()]).toEqual([]);
  });

  it('skip what takes a sandbox elsewhere, and fail nothing for it', async () => {
    const { failed, skipped } = await tryOn({});
    expect([...failed.values()]).toEqual([]);
    expect(new Set(skipped.values())).toEqual(
      new Set(['it takes a sandbox (--sandbox)', 'no task is listed that failed']),
    );
  });

  it.each([
    ['download', 'downloadExportFile'],
    ['delete', 'deleteExportTasks'],
    ['auth', 'downloadExportFile anonymous'],
  ] as const)('ask for nothing that takes %s where that is absent', async (capability, request) => {
    const { failed, asked } = await tryOn({}, { sandbox: true, absent: { [capability]: 'a test' } });
    expect([...failed.values()]).toEqual([]);
    expect([...asked]).not.toContain(request);
  });

  it.each([...STARTS, ...FIELDS, ...PAGES, ...FILTERS, ...DOWNLOADS, ...REMOVALS])(
    'tell %s, and little else',
    async (_, rules, caught) => {
      const { failed } = await tryOn(rules);
      expect([...failed.keys()]).toContain(caught);
      expect(failed.size, [...failed.keys()].join('; ')).toBeLessThan(5);
    },
  );

  it.each(SANDBOX)('tell in a sandbox %s, and little else', async (_, rules, caught) => {
    const { failed } = await tryOn(rules, { sandbox: true });
    expect([...failed.keys()]).toContain(caught);
    expect(failed.size, [...failed.keys()].join('; ')).toBeLessThan(5);
  });
});

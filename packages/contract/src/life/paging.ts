/** Pages of tasks: how long they are, where they begin, and that together they are all there is. */
import type { Case } from '../cases/case.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { fullCase } from './full-pages.ts';
import { herd } from './herd.ts';
import { lifeCase } from './life-case.ts';
import { COUNT_TITLE, MOST, NEWEST, needFull, page, type Query, steadily } from './pages.ts';
import { begin, documented, list, look } from './tasks.ts';

const LIMIT_TITLE = 'puts as many tasks on a page as limit asks for';
const OFFSET_TITLE = 'skips as many tasks as offset says, and none when it is left out';
const DEFAULT = 20;
const WHOLE = { limit: String(MOST) };

/** The cases of paging. */
export function pagingCases(): Case[] {
  return [
    limitCase(),
    defaultLimitCase(),
    offsetCase(),
    beyondCase(),
    ...wholeCases(),
    countCase(),
    fullCase(),
  ];
}

function limitCase(): Case {
  return lifeCase({
    operation: list,
    title: LIMIT_TITLE,
    basis: documented(list),
    run: async (trial) => {
      await herd(trial.world);
      await steadily(trial, async () => {
        for (const limit of [1, 2, 7, MOST]) {
          const { ids } = await page(trial, { ...NEWEST, limit: String(limit) });
          // The run has started more than seven itself.
          trial.demand(ids.length <= limit && ids.length >= Math.min(limit, 7), {
            rule: 'A page has as many tasks as limit says, or all there are.',
            expected: limit === MOST ? `${MOST} tasks at most` : `${limit} tasks, for there are more`,
            came: `${ids.length} tasks`,
          });
        }
      });
    },
  });
}

function defaultLimitCase(): Case {
  return lifeCase({
    operation: list,
    title: 'puts 20 tasks on a page when limit is left out',
    basis: documented(list),
    run: async (trial) => {
      const { world } = trial;
      await herd(world);
      // One more than needed, and two for others' tasks that may go meanwhile.
      const missing = DEFAULT + 3 - (await look(world, WHOLE)).ids.length;
      const more: string[] = [];
      for (let turn = 0; turn < missing; turn += 1) more.push((await begin(world)).id);
      await world.ended(more);
      await steadily(trial, async () => {
        const whole = await page(trial, WHOLE);
        await needFull(trial, whole, NEWEST);
        if (whole.ids.length <= DEFAULT) throw new Skip(`only ${whole.ids.length} tasks are listed`);
        const { ids } = await page(trial, {});
        trial.demand(ids.length === DEFAULT, {
          rule: `limit is ${DEFAULT} when it is left out.`,
          expected: `${DEFAULT} tasks of ${whole.ids.length}`,
          came: `${ids.length} tasks`,
        });
      });
    },
  });
}

function offsetCase(): Case {
  return lifeCase({
    operation: list,
    title: OFFSET_TITLE,
    basis: documented(list),
    run: async (trial) => {
      await herd(trial.world);
      await steadily(trial, async () => {
        const { ids } = await page(trial, { ...NEWEST, limit: '9' });
        for (const offset of [0, 1, 5]) {
          const from = await page(trial, { ...NEWEST, limit: '1', offset: String(offset) });
          if (from.ids.length !== 1) throw new Skip(`see listExportTasks 200 ${LIMIT_TITLE}`);
          trial.demand(from.ids[0] === ids[offset], {
            rule: `A page with offset=${offset} begins after ${offset} tasks.`,
            expected: String(ids[offset]),
            came: `${from.ids[0]}, which is ${placeOf(from.ids[0], ids)}`,
          });
        }
      });
    },
  });
}

const placeOf = (id: string | undefined, ids: readonly string[]) =>
  ids.includes(String(id)) ? `at offset ${ids.indexOf(String(id))}` : 'not among the first nine';

function beyondCase(): Case {
  return lifeCase({
    operation: list,
    title: 'has the last task at offset count - 1, none from there on, and the same count',
    basis: documented(list),
    run: async (trial) => {
      await herd(trial.world);
      await steadily(trial, async () => {
        const { count } = await page(trial, { ...NEWEST, limit: '1' });
        const whole = await look(trial.world, WHOLE);
        if (whole.ids.length < MOST && whole.ids.length !== count) {
          await needFull(trial, whole, NEWEST);
          throw new Skip(`count is not that of all tasks; see listExportTasks 200 ${COUNT_TITLE}`);
        }
        for (const [offset, expected] of [
          [count - 1, 1],
          [count, 0],
          [count + 1000, 0],
        ] as const) {
          const found = await page(trial, { ...NEWEST, limit: '7', offset: String(offset) });
          trial.demand(found.ids.length === expected && found.count === count, {
            rule: 'Beyond the last task there is none, and count is that of all tasks, whatever the page.',
            expected: `${expected} tasks at offset ${offset}, count ${count}`,
            came: `${found.ids.length} tasks, count ${found.count}`,
          });
        }
      });
    },
  });
}

/** Pages of several lengths against the list in one piece, of all tasks and of those that a filter leaves. */
function wholeCases(): Case[] {
  const walks: [string, Query, readonly number[]][] = [
    ['neither loses nor repeats a task over pages of 1, 2 and 7', NEWEST, [1, 2, 7]],
    [
      'neither loses nor repeats a task over pages of those that status=SUCCESS leaves',
      { ...NEWEST, status: 'SUCCESS' },
      [2, 3],
    ],
    ['neither loses nor repeats a task over pages that nothing sorts', {}, [3, 5]],
  ];
  return walks.map(([title, query, limits]) =>
    lifeCase({
      operation: list,
      title,
      basis: documented(list),
      run: async (trial) => {
        await herd(trial.world);
        await steadily(trial, async () => {
          const whole = (await page(trial, { ...query, limit: '10' })).ids;
          const [second] = (await look(trial.world, { ...query, limit: '1', offset: '1' })).ids;
          if (second !== whole[1]) throw new Skip(`see listExportTasks 200 ${OFFSET_TITLE}`);
          for (const limit of limits)
            demandWhole(trial, limit, whole, await walk(trial, query, limit, whole.length));
        });
      },
    }),
  );
}

async function walk(trial: Trial, query: Query, limit: number, length: number): Promise<string[]> {
  const ids: string[] = [];
  for (let offset = 0; offset < length; offset += limit) {
    const found = await page(trial, { ...query, limit: String(limit), offset: String(offset) });
    if (found.ids.length > limit)
      throw new Skip(`a page is too long; see listExportTasks 200 ${LIMIT_TITLE}`);
    ids.push(...found.ids);
  }
  return ids.slice(0, length);
}

function demandWhole(trial: Trial, limit: number, whole: readonly string[], ids: readonly string[]): void {
  const lost = whole.filter((id) => !ids.includes(id));
  const repeated = ids.filter((id, index) => ids.indexOf(id) < index);
  trial.demand(ids.join() === whole.join(), {
    rule: `Pages of limit=${limit}, one after the other, have every task once, in one order.`,
    expected: `the ${whole.length} tasks of a page with limit=10, ${whole.join(', ')}`,
    came: [
      lost.length > 0 && `lost ${lost.join(', ')}`,
      repeated.length > 0 && `repeated ${repeated.join(', ')}`,
      lost.length + repeated.length === 0 && `another order: ${ids.join(', ')}`,
    ]
      .filter(Boolean)
      .join('; '),
  });
}

function countCase(): Case {
  return lifeCase({
    operation: list,
    title: COUNT_TITLE,
    basis: documented(list),
    run: async (trial) => {
      await herd(trial.world);
      await steadily(trial, async () => {
        const { count } = await page(trial, { ...NEWEST, limit: '1' });
        const whole = await page(trial, { ...NEWEST, limit: String(MOST) });
        if (whole.ids.length > MOST) throw new Skip(`see listExportTasks 200 ${LIMIT_TITLE}`);
        await needFull(trial, whole, NEWEST);
        trial.demand(
          count === whole.count && whole.ids.length <= count && (count > MOST || whole.ids.length === count),
          {
            rule: 'count is how many tasks there are on every page together, whatever the page.',
            expected: `${whole.ids.length}${whole.ids.length === MOST ? ' or more' : ''}, with limit=1 as with limit=${MOST}`,
            came: `count ${count} with limit=1, count ${whole.count} with limit=${MOST}`,
          },
        );
      });
    },
  });
}

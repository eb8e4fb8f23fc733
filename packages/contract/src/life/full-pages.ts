/** Pages of tasks where there are more than any page can have. */
import type { Case } from '../cases/case.ts';
import { Skip } from '../world.ts';
import { lifeCase } from './life-case.ts';
import { COUNT_TITLE, FULL_TITLE, goesOn, MOST, NEWEST, page, steadily } from './pages.ts';
import { begin, documented, list, look } from './tasks.ts';

/** Of the pages that are looked at besides the longest ones. */
const SOME = 20;

/** The case of full pages: late, when the run has started more than a hundred tasks anyway. */
export function fullCase(): Case {
  return lifeCase({
    operation: list,
    title: FULL_TITLE,
    basis: documented(list),
    late: true,
    run: async (trial) => {
      const { world } = trial;
      const { count } = await look(world, { limit: '1' });
      // Two more than needed, for others' tasks that may go meanwhile.
      for (let missing = MOST + 2 - count; missing > 0; missing -= 1) await begin(world);
      await steadily(trial, async () => {
        const { ids, count } = await look(world, { ...NEWEST, limit: String(SOME) });
        const from = await look(world, { ...NEWEST, limit: '2', offset: '5' });
        // Where pages begin elsewhere, other cases tell.
        const offsets = from.ids[0] === ids[5] ? [0, count - SOME * 2] : [0];
        for (const [limit, offset] of [MOST, MOST - 1, SOME + 1].flatMap((limit) =>
          offsets.map((offset) => [limit, offset] as const),
        )) {
          const found = await page(trial, { ...NEWEST, limit: String(limit), offset: String(offset) });
          const expected = Math.min(limit, count - offset);
          if (found.ids.length === expected) continue;
          if (found.ids.length < expected && !(await goesOn(world, found.ids, NEWEST, offset)))
            throw new Skip(`count is not that of all tasks; see listExportTasks 200 ${COUNT_TITLE}`);
          trial.demand(false, {
            rule: `A page with limit=${limit} has ${limit} tasks, or all there are from its offset on.`,
            expected: `${expected} tasks at offset ${offset} of ${count}`,
            came: `${found.ids.length} tasks`,
          });
        }
      });
    },
  });
}

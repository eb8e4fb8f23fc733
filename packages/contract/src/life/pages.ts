/** Pages of tasks, as the cases look at them: steadily, and knowing where one is too short. */
import type { Ask } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import { look, type Page } from './tasks.ts';

/** What a list is asked for. */
export type Query = NonNullable<Ask['query']>;

/** The newest tasks first, those of this run among them. */
export const NEWEST = { sort_field: 'create_time', sort_type: 'DESC' } as const;
/** The most tasks of a page. */
export const MOST = 100;
/** The case that tells where count is wrong. */
export const COUNT_TITLE = 'counts the tasks of all pages together';
/** The case that tells where a page has fewer tasks than limit, and more come after them. */
export const FULL_TITLE = 'puts as many tasks on a page as limit asks for, with more than 100 there';

/** Asks, and puts the request to those of the case. */
export async function page(trial: Trial, query: Query): Promise<Page> {
  const found = await look(trial.world, query);
  trial.exchanges.push(found.exchange);
  return found;
}

/**
 * Looks at something that may change under the eye, for others start and delete tasks too: what is wrong twice, with the
 * same tasks before and after, is wrong.
 */
export async function steadily(trial: Trial, tryOnce: () => Promise<void>): Promise<void> {
  const state = async () => JSON.stringify((await look(trial.world, { ...NEWEST, limit: '100' })).tasks);
  for (let turn = 0; ; turn += 1) {
    const before = await state();
    try {
      return await tryOnce();
    } catch (error) {
      if (before === (await state())) throw error;
      if (turn === 2) throw new Skip('the tasks of the project change all the time');
      trial.exchanges.length = 0;
    }
  }
}

/** Throws `Skip` where a page with limit=100 has fewer tasks than that, and more come after them. */
export async function needFull({ world }: Trial, { ids, count }: Page, query: Query): Promise<void> {
  if (ids.length >= Math.min(MOST, count)) return;
  if (await goesOn(world, ids, query)) {
    throw new Skip(`a page is shorter than its limit; see listExportTasks 200 ${FULL_TITLE}`);
  }
}

/** Whether other tasks come after those of a page, so that it is not count that is wrong. */
export async function goesOn(
  world: World,
  ids: readonly string[],
  query: Query,
  offset = 0,
): Promise<boolean> {
  const after = await look(world, { ...query, limit: '1', offset: String(offset + ids.length) });
  return after.ids.some((id) => !ids.includes(id));
}

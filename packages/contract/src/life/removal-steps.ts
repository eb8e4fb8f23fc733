/** What the cases of deletes share: tasks of their own, one of them deleted, and the demand that they are gone. */

import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import { lifeCase } from './life-case.ts';
import { begin, find, inShort, remove, removeAsk } from './tasks.ts';

/** The title of the case that tells where nothing is deleted. */
export const GONE_TITLE = 'takes a deleted task out of the list';

/** A case of deletes. */
export function removalCase(
  title: string,
  basis: Basis,
  run: (trial: Trial) => Promise<void>,
  needs: Case['needs'] = [],
): Case {
  return lifeCase({ operation: remove, title, basis, needs: ['delete', ...needs], run });
}

/** Ended tasks that nobody else looks at, one after the other. */
export async function someEnded(world: World, number: number): Promise<string[]> {
  const ids: string[] = [];
  for (let turn = 0; turn < number; turn += 1) ids.push((await begin(world)).id);
  await world.ended(ids);
  return ids;
}

/** A task deleted after its end, and how it is listed since. */
export const deleted = oncePerWorld(async (world: World) => {
  const [id = ''] = await someEnded(world, 1);
  const exchange = await world.ask(removeAsk([id]));
  if (exchange.answer.status !== 200) {
    throw new Skip(
      `the delete was answered ${exchange.answer.status}; see deleteExportTasks 200 deletes the task that this run started`,
    );
  }
  return { id, exchange, after: await find(world, id) };
});

/** Throws `Skip` where not even one task is deleted. */
export async function deleting(world: World): Promise<void> {
  if ((await deleted(world)).after.task)
    throw new Skip(`nothing is deleted; see deleteExportTasks 200 ${GONE_TITLE}`);
}

/** Demands that no list has these tasks any more. */
export async function demandGone(trial: Trial, ids: readonly string[], rule: string): Promise<void> {
  for (const id of ids) {
    const { task, exchanges } = await find(trial.world, id);
    if (!task) continue;
    trial.exchanges.push(...exchanges);
    trial.demand(false, { rule, expected: `no ${id}`, came: inShort(task) });
  }
}

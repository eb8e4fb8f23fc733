/** Deletes of many tasks with one request. */
import type { Case } from '../cases/case.ts';
import { startedIds } from '../meaning/exports.ts';
import { Skip, type World } from '../world.ts';
import { MOST as A_PAGE, NEWEST } from './pages.ts';
import { deleting, demandGone, removalCase, someEnded } from './removal-steps.ts';
import { everyIsDeleted } from './removals.ts';
import { documented, find, history, inferred, look, remove, removeAsk } from './tasks.ts';

/** The most ids that the contract lets a request name. */
const MOST = 200;
/** Beyond any number of tasks that a server may delete at a time by itself, such as 20 or 50. */
const MANY = 60;
const UNKNOWN = inferred(
  'A request may name 200 tasks. What happens to ids that do not exist is not documented; a task that exists is deleted all the same, or nothing is.',
);

/** The cases of deletes of many tasks. */
export function manyRemovalCases(): Case[] {
  return [lastOfAllCase(), sixtyCase()];
}

function lastOfAllCase(): Case {
  return removalCase(
    `deletes tasks that come last of the ${MOST} that one request names`,
    UNKNOWN,
    async (trial) => {
      const { world } = trial;
      await deleting(world);
      await everyIsDeleted(world);
      const own = await someEnded(world, 2);
      const unknown = Array.from({ length: MOST - own.length }, (_, index) => `no-such-task-${index}`);
      const { status } = await trial.ask(removeAsk([...unknown, ...own]), [200, 404, 400]);
      if (status !== 200) throw new Skip(`ids that no task has are refused, with ${status}`);
      await demandGone(
        trial,
        own,
        `A delete of ${MOST} ids that is answered with 200 has deleted each task.`,
      );
    },
  );
}

/** Late, when the run needs the tasks no more that it has started. */
function sixtyCase(): Case {
  const title = `deletes ${MANY} tasks that one request names`;
  const sixty = removalCase(title, documented(remove), async (trial) => {
    const { world } = trial;
    await deleting(world);
    await everyIsDeleted(world);
    const ids = await ownTasks(world);
    const exchange = await world.ask(removeAsk(ids));
    const { status } = exchange.answer;
    if (status !== 200) throw new Skip(`the delete was answered ${status}`);
    const left = await stillListed(world, ids);
    const [first] = left;
    if (first === undefined) return;
    trial.exchanges.push(exchange, ...(await find(world, first)).exchanges);
    trial.demand(false, {
      rule: `A delete of ${MANY} tasks that is answered with 200 has deleted each of them.`,
      expected: `none of the ${MANY} tasks`,
      came: `${left.length} of them, such as ${first}, the ${ids.indexOf(first) + 1}th that was named`,
    });
  });
  return { ...sixty, late: true };
}

/** Ended tasks of this run, started anew where there are too few. */
async function ownTasks(world: World): Promise<string[]> {
  const started = new Set([...history(world).keys(), ...(await startedIds(world))]);
  const own = (await newest(world))
    .filter(({ status, task_id }) => status !== 'CREATING' && started.has(String(task_id)))
    .map(({ task_id }) => String(task_id))
    .slice(0, MANY);
  return [...own, ...(await someEnded(world, MANY - own.length))];
}

async function stillListed(world: World, ids: readonly string[]): Promise<string[]> {
  const listed = new Set((await newest(world)).map(({ task_id }) => String(task_id)));
  return ids.filter((id) => listed.has(id));
}

/** The newest few hundred tasks, those of this run among them. */
async function newest(world: World) {
  const pages = [];
  for (let offset = 0; offset < 5 * A_PAGE; offset += A_PAGE) {
    const page = await look(world, { ...NEWEST, limit: String(A_PAGE), offset: String(offset) });
    if (page.ids.length === 0) break;
    pages.push(...page.tasks);
  }
  return pages;
}

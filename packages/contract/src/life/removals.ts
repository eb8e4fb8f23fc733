/** Deletes: what goes, and what stays. */

import type { Case } from '../cases/case.ts';
import { oncePerWorld } from '../memo.ts';
import type { Trial } from '../trial.ts';
import { Skip, type World } from '../world.ts';
import { herd } from './herd.ts';
import { deleted, deleting, demandGone, GONE_TITLE, removalCase, someEnded } from './removal-steps.ts';
import { documented, fileAsk, find, inferred, inShort, look, NO_FILE, remove, removeAsk } from './tasks.ts';

const EVERY_TITLE = 'deletes every task that one request names';

/** The cases of deletes. */
export function removalCases(): Case[] {
  return [goneCase(), fileGoneCase(), againCase(), everyCase(), noOtherCase(), countCase()];
}

function goneCase(): Case {
  return removalCase(GONE_TITLE, documented(remove), async (trial) => {
    const { id, exchange, after } = await deleted(trial.world);
    trial.exchanges.push(exchange);
    await demandGone(trial, [id], 'A deleted task is not listed any more.');
    trial.exchanges.push(...after.exchanges);
    trial.demand(!after.task, {
      rule: 'A deleted task is not listed any more, from the moment in which the delete is answered.',
      expected: `no ${id}`,
      came: inShort(after.task ?? {}),
    });
    const { ids, exchange: page } = await look(trial.world, {
      sort_field: 'create_time',
      sort_type: 'DESC',
      limit: '100',
    });
    trial.exchanges.push(page);
    trial.demand(!ids.includes(id), {
      rule: 'A deleted task is on no page of the list any more.',
      expected: `no ${id}`,
      came: `${id} among ${ids.length} tasks`,
    });
  });
}

function fileGoneCase(): Case {
  const run = async (trial: Trial) => {
    await deleting(trial.world);
    const { id, exchange } = await deleted(trial.world);
    trial.exchanges.push(exchange);
    await trial.ask(fileAsk(id), [404], NO_FILE, 'A deleted task has no file any more.');
  };
  return removalCase('takes the file of a deleted task away', NO_FILE, run, ['download']);
}

function againCase(): Case {
  const basis = inferred('Deleting twice is not documented; it must not be a fault of the server.');
  return removalCase('answers a second delete of a task as one of no task', basis, async (trial) => {
    await deleting(trial.world);
    const { id } = await deleted(trial.world);
    await trial.ask(removeAsk([id]), [200, 404, 400]);
    await demandGone(trial, [id], 'A task that is deleted again stays deleted.');
  });
}

/** Three tasks, of which the first two are deleted with one request. */
const twoOfThree = oncePerWorld(async (world: World) => {
  await deleting(world);
  await herd(world);
  const ids = await someEnded(world, 3);
  const exchange = await world.ask(removeAsk(ids.slice(0, 2)));
  return {
    gone: ids.slice(0, 2),
    stays: ids[2] as string,
    exchange,
  };
});

/** Throws `Skip` where not even two tasks are deleted at once. */
export async function everyIsDeleted(world: World): Promise<void> {
  for (const id of (await twoOfThree(world)).gone) {
    if ((await find(world, id)).task)
      throw new Skip(`of two tasks, one is left; see deleteExportTasks 200 ${EVERY_TITLE}`);
  }
}

function everyCase(): Case {
  return removalCase(EVERY_TITLE, documented(remove), async (trial) => {
    const { gone, exchange } = await twoOfThree(trial.world);
    trial.judge(remove, exchange, [200]);
    await demandGone(trial, gone, 'A delete of several tasks deletes each of them.');
  });
}

function noOtherCase(): Case {
  return removalCase('deletes no task that the request does not name', documented(remove), async (trial) => {
    const { stays, exchange } = await twoOfThree(trial.world);
    trial.exchanges.push(exchange);
    const others = (await herd(trial.world)).slice(-3).map(({ task_id }) => String(task_id));
    for (const id of [stays, ...others]) {
      const { task, exchanges } = await find(trial.world, id);
      if (task) continue;
      trial.exchanges.push(...exchanges);
      trial.demand(false, {
        rule: 'A delete deletes the tasks that it names, and no other.',
        expected: `${id}, which was not named, in the list`,
        came: 'no such task',
      });
    }
  });
}

function countCase(): Case {
  return removalCase('takes deleted tasks out of the count', documented(remove), async (trial) => {
    const { world } = trial;
    await deleting(world);
    const ids = await someEnded(world, 2);
    // Others start and delete tasks too: what is off by as many each time is off.
    for (let turn = 0; ; turn += 1) {
      const before = await look(world, { limit: '1' });
      const { answer } = await world.ask(removeAsk([ids[turn] as string]));
      const after = await look(world, { limit: '1' });
      if (after.count === before.count - 1) return;
      if (answer.status !== 200) throw new Skip('the task was not deleted');
      if (turn === 0) continue;
      trial.exchanges.push(before.exchange, after.exchange);
      trial.demand(after.count < before.count, {
        rule: 'count does not count deleted tasks.',
        expected: `${before.count - 1}, one less than before the delete`,
        came: String(after.count),
      });
      return;
    }
  });
}

/** Deletes that ask for something odd: what does not exist, what has not ended, what is no id, what is refused. */
import type { Case } from '../cases/case.ts';
import { NO_TASK, Skip } from '../world.ts';
import { deleting, demandGone, removalCase, someEnded } from './removal-steps.ts';
import { begin, fileAsk, find, inferred, NO_FILE, removeAsk } from './tasks.ts';

const UNKNOWN = inferred(
  'What happens to ids that do not exist is not documented; a task that exists is deleted all the same, or nothing is.',
);
const NEAR = inferred('The request names ids, and nothing is said of parts or patterns of them.');

/** The cases of odd deletes. */
export function oddRemovalCases(): Case[] {
  return [unknownCase(), nearCase(), creatingCase(), refusedCase()];
}

function nearCase(): Case {
  return removalCase(
    'deletes no task by part of its id, by a pattern or in the other case',
    NEAR,
    async (trial) => {
      await deleting(trial.world);
      const [id = ''] = await someEnded(trial.world, 1);
      // Near to this one task alone: a server that takes them for patterns must not lose what is not ours.
      const near = [
        id.slice(0, -1),
        id.slice(1),
        `${id.slice(0, -1)}%`,
        `${id.slice(0, -1)}_`,
        `${id.slice(0, -1)}*`,
      ];
      const others = [...near, id.toUpperCase(), id.toLowerCase()].filter(
        (other) => other !== id && other !== '',
      );
      await trial.ask(removeAsk([...new Set(others)]), [200, 404, 400]);
      const { task, exchanges } = await find(trial.world, id);
      trial.exchanges.push(...exchanges);
      trial.demand(task !== undefined, {
        rule: 'A delete deletes the task with this very id, and no other.',
        expected: `${id}, which was not named, in the list`,
        came: 'no such task',
      });
    },
  );
}

function unknownCase(): Case {
  return removalCase(
    'deletes a task that is named together with one that does not exist, or refuses both',
    UNKNOWN,
    async (trial) => {
      await deleting(trial.world);
      const [id = ''] = await someEnded(trial.world, 1);
      const { status } = await trial.ask(removeAsk([NO_TASK, id]), [200, 404, 400]);
      if (status === 200)
        await demandGone(trial, [id], 'A delete that is answered with 200 has deleted the tasks that exist.');
    },
  );
}

function creatingCase(): Case {
  const basis = inferred(
    'What happens to tasks still CREATING is not documented; one that was deleted must not come back.',
  );
  return removalCase(
    'deletes a task that is still CREATING, which does not come back',
    basis,
    async (trial) => {
      const { world } = trial;
      await deleting(world);
      const slow = world.settings.sandbox ? { headers: { 'X-Sandbox-Fault': 'slow=1' } } : {};
      const { id } = await begin(world, slow);
      const { status } = await trial.ask(removeAsk([id]), [200, 400, 404]);
      if (status !== 200) throw new Skip('a task that is CREATING is not deleted');
      await demandGone(trial, [id], 'A deleted task is not listed any more, though it was CREATING.');
      // As long as an export takes, and a little longer.
      const after = await begin(world, slow);
      await world.ended([after.id]);
      await world.clock.pause(20);
      await demandGone(
        trial,
        [id],
        'A task that was deleted while it was CREATING does not come back when its export ends.',
      );
      if (!world.settings.absent.download) await trial.ask(fileAsk(id), [404], NO_FILE);
    },
  );
}

function refusedCase(): Case {
  const basis = inferred('A request that is refused changes nothing.');
  return removalCase('deletes nothing when it refuses the request', basis, async (trial) => {
    const { world } = trial;
    const { id } = await begin(world);
    const asks = [
      removeAsk([id, id]),
      removeAsk([id, 'x'.repeat(65)]),
      removeAsk([id], { proof: 'none' }),
      removeAsk([id], { method: 'PATCH' }),
    ].slice(0, world.settings.absent.auth ? 2 : 4);
    for (const ask of asks) {
      trial.exchanges.length = 0;
      const { status } = await trial.send(ask);
      if (status < 400) throw new Skip('it was not refused; see deleteExportTasks 400, 401 and 405');
      const { task, exchanges } = await find(world, id);
      trial.exchanges.push(...exchanges);
      trial.demand(task !== undefined, {
        rule: 'A delete that is refused deletes nothing.',
        expected: `${id} in the list, for the answer was ${status}`,
        came: 'no such task',
      });
    }
  });
}

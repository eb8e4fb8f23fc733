/** Lives of tasks made up at random: the state machine of a task tells what a server may answer. */
import type { Case } from '../cases/case.ts';
import { madeUp } from '../life/sandbox.ts';
import { download, list, remove, start } from '../life/tasks.ts';
import type { World } from '../world.ts';
import { lives } from './actions.ts';
import { BASIS } from './cases.ts';
import { checkAtRandom } from './check.ts';
import { Life } from './life.ts';

/** The case of lives. */
export function livesCase(): Case {
  return {
    operation: list,
    status: 200,
    title: 'tells the truth about tasks in whatever order they are started, followed, downloaded and deleted',
    basis: BASIS,
    needs: ['stateful', 'start'],
    late: true,
    run: async (trial) => {
      const { world } = trial;
      const { absent, sandbox, runs } = world.settings;
      const project = sandbox ? await usable(world) : undefined;
      const everyId = new Set<string>();
      await checkAtRandom(trial, {
        operations: [start, list, download, remove],
        values: lives({ download: !absent.download, delete: !absent.delete, sandbox: project !== undefined }),
        runs,
        holds: async (steps) => {
          const life = new Life(trial, project, everyId);
          try {
            for (const step of steps) await life.live(step);
          } finally {
            await life.end();
          }
        },
      });
    },
  };
}

/** The made-up project, if the sandbox takes it. */
async function usable(world: World): Promise<{ projectId: string } | undefined> {
  const project = madeUp(world);
  const { answer } = await world.ask({ operation: list, query: { limit: '1' }, ...project });
  return answer.status === 200 ? project : undefined;
}

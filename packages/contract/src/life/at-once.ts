/** Starts, lists and deletes at the same time. */
import type { Case } from '../cases/case.ts';
import { tasksOf } from '../world.ts';
import { lifeCase } from './life-case.ts';
import { begin, find, inferred, list, removeAsk } from './tasks.ts';

/** The case of everything at once. */
export function atOnceCases(): Case[] {
  return [
    lifeCase({
      operation: list,
      title: 'is right after starts, lists and deletes at the same time',
      basis: inferred('Nothing says that requests have to come one after the other.'),
      needs: ['delete'],
      run: async (trial) => {
        const { world } = trial;
        const first = await Promise.all([1, 2, 3, 4].map(() => begin(world)));
        const [one, two, ...rest] = first.map(({ id }) => id) as [string, string, ...string[]];
        const page = {
          operation: list,
          query: { sort_field: 'create_time', sort_type: 'DESC', limit: '100' },
        };
        const [lists, removals, started] = await Promise.all([
          Promise.all([1, 2, 3].map(() => trial.ask(page))),
          Promise.all([one, two].map((id) => trial.ask(removeAsk([id])))),
          Promise.all([1, 2, 3, 4].map(() => begin(world))),
        ]);
        void removals;
        for (const answer of lists) {
          const ids = tasksOf(answer).map(({ task_id }) => task_id);
          trial.demand(new Set(ids).size === ids.length, {
            rule: 'A list has every task once, also while tasks are started and deleted.',
            expected: `${ids.length} different tasks`,
            came: String(ids.find((id, index) => ids.indexOf(id) < index)),
          });
        }
        for (const id of [...rest, ...started.map((each) => each.id), one, two]) {
          const { task, exchanges } = await find(world, id);
          const gone = id === one || id === two;
          if (!task === gone) continue;
          trial.exchanges.push(...exchanges);
          trial.demand(false, {
            rule: gone
              ? 'A task that was deleted while others were started is gone.'
              : 'A task that was started while others were deleted is there.',
            expected: `${gone ? 'no ' : ''}${id}`,
            came: task ? `${id}, ${task.status}` : 'no such task',
          });
        }
      },
    }),
  ];
}

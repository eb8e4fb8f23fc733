/** The order of a list. */
import type { Case } from '../cases/case.ts';
import type { Ask } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { herd } from './herd.ts';
import { lifeCase } from './life-case.ts';
import { documented, list, look, type Page, timeOf } from './tasks.ts';

/** How many tasks are looked at: those of the run are more, at either end of the list. */
const LENGTH = 10;

/** The cases of sorting. */
export function orderCases(): Case[] {
  return [
    sortedCase('ASC', 'lists the oldest task first with sort_type=ASC', { sort_type: 'ASC' }),
    sortedCase('DESC', 'lists the newest task first with sort_type=DESC', { sort_type: 'DESC' }),
    sortedCase('ASC', 'lists the oldest task first when only sort_field is given, or refuses that', {}),
  ];
}

function sortedCase(order: 'ASC' | 'DESC', title: string, more: NonNullable<Ask['query']>): Case {
  return lifeCase({
    operation: list,
    title,
    basis: documented(list),
    run: async (trial) => {
      const { world } = trial;
      await herd(world);
      const query = { sort_field: 'create_time', ...more };
      if (!more.sort_type) {
        // They must be given together, says the page, and also that sort_type has a default.
        const { answer } = await world.ask({ operation: list, query });
        if (answer.status === 400) return;
      }
      const { count } = await look(world, { limit: '1' });
      for (const offset of [Math.max(0, count - LENGTH), 0]) {
        const page = await look(world, { ...query, limit: String(LENGTH), offset: String(offset) });
        demandOrder(trial, order, page);
      }
    },
  });
}

function demandOrder(trial: Trial, order: 'ASC' | 'DESC', { tasks, exchange }: Page): void {
  const times = tasks.map(({ create_time }) => timeOf(create_time));
  if (times.some(Number.isNaN)) throw new Skip('a task has no create_time to sort it by');
  const wrong = times.findIndex((time, index) => {
    const before = times[index - 1] ?? time;
    return order === 'ASC' ? time < before : time > before;
  });
  if (wrong < 0) return;
  trial.exchanges.push(exchange);
  const [before, after] = [tasks[wrong - 1], tasks[wrong]];
  trial.demand(false, {
    rule: `Tasks sorted by create_time, ${order}, come ${order === 'ASC' ? 'oldest' : 'newest'} first.`,
    expected: `after ${before?.task_id} of ${before?.create_time} a task that is ${order === 'ASC' ? 'no older' : 'no newer'}`,
    came: `${after?.task_id} of ${after?.create_time}`,
  });
}

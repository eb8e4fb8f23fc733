/** What must not change its mind: looked at last, over everything that lists have shown of the run's tasks until then. */

import type { Case } from '../cases/case.ts';
import { oncePerWorld } from '../memo.ts';
import type { Exchange } from '../request.ts';
import type { Trial } from '../trial.ts';
import type { Task, World } from '../world.ts';
import { downloaded, herd } from './herd.ts';
import { lifeCase } from './life-case.ts';
import { fileAsk, find, history, inferred, list, look } from './tasks.ts';

/** Which status may follow which. That a failure expires too is not excluded. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  CREATING: ['CREATING', 'SUCCESS', 'FAIL', 'EXPIRED'],
  SUCCESS: ['SUCCESS', 'EXPIRED'],
  FAIL: ['FAIL', 'EXPIRED'],
  EXPIRED: ['EXPIRED'],
};

/** Whether a task that was seen in one status may be seen in the other one later. Further values than ours say nothing. */
export function follows(status: unknown, later: unknown): boolean {
  return !(String(later) in NEXT) || (NEXT[String(status)]?.includes(String(later)) ?? true);
}

/** The cases of what must not change. */
export function steadyCases(): Case[] {
  return [
    changeCase({
      title: 'moves the status of a task only forward',
      why: 'How one status follows another is read from their names: what has ended does not begin again.',
      rule: 'The status of a task moves from CREATING to SUCCESS or FAIL, from SUCCESS to EXPIRED, and never back.',
      fields: ['status'],
      may: follows,
    }),
    changeCase({
      title: 'never calls a downloaded task not downloaded again',
      why: 'The field says whether the file has been downloaded already, which cannot be undone.',
      rule: 'is_download stays true once it is.',
      fields: ['is_download'],
      may: (is, later) => !(is === true && later === false),
    }),
    changeCase({
      title: 'keeps create_time, end_time and file_name of a task',
      why: 'They tell when the task started, when it ended and how its file is called, which does not change.',
      rule: 'create_time, end_time and file_name of a task stay as they are once they are known.',
      fields: ['create_time', 'end_time', 'file_name'],
      may: (is, later) => is === undefined || is === '' || is === null || is === later,
    }),
  ];
}

interface Change {
  title: string;
  why: string;
  rule: string;
  fields: readonly string[];
  may: (is: unknown, later: unknown) => boolean;
}

function changeCase({ title, why, rule, fields, may }: Change): Case {
  return {
    ...lifeCase({
      operation: list,
      title,
      basis: inferred(why),
      run: async (trial) => {
        await lookAgain(trial);
        for (const [id, seen] of history(trial.world)) {
          for (const field of fields) {
            const [earlier, later] = firstChange(seen, field, may) ?? [];
            if (!earlier || !later) continue;
            trial.exchanges.push(earlier.exchange, later.exchange);
            trial.demand(false, {
              rule,
              expected: `${field} ${earlier.task[field]}, as it was, of the task ${id}`,
              came: `${field} ${later.task[field]}`,
            });
          }
        }
      },
    }),
    late: true,
  };
}

interface Sight {
  task: Task;
  exchange: Exchange;
}

function firstChange(seen: readonly Sight[], field: string, may: Change['may']): [Sight, Sight] | undefined {
  for (let index = 1; index < seen.length; index += 1) {
    const [earlier, later] = [seen[index - 1] as Sight, seen[index] as Sight];
    if (!may(earlier.task[field], later.task[field])) return [earlier, later];
  }
  return undefined;
}

/** A list may say one thing of a task, and the answer for its id another one. */
async function lookAgain({ world }: Trial): Promise<void> {
  const tasks = await herd(world);
  await downloadAgain(world);
  for (const { task_id } of [...tasks.slice(0, 2), ...tasks.slice(-2)]) await find(world, String(task_id));
  await look(world, { sort_field: 'create_time', sort_type: 'DESC', limit: '100' });
}

/** What a first download marks, a second one, or one of a part, must not take back. */
const downloadAgain = oncePerWorld(async (world: World) => {
  if (world.settings.absent.download) return;
  const got = await downloaded(world).catch(() => undefined);
  if (!got) return;
  for (const more of [{}, { headers: { Range: 'bytes=0-0' } }]) {
    await world.ask(fileAsk(got.one, more));
    await find(world, got.one);
  }
});

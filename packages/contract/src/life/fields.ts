/** What the list says of a task: each field as the contract has it, and nothing that changes its mind. */
import type { Case } from '../cases/case.ts';
import type { Basis } from '../contract.ts';
import type { Exchange } from '../request.ts';
import type { Trial } from '../trial.ts';
import type { Task } from '../world.ts';
import { herd, inTurn } from './herd.ts';
import { lifeCase } from './life-case.ts';
import { documented, history, inferred, inShort, list, timeOf } from './tasks.ts';

/** How far two clocks may be apart. */
const SLACK = 300_000;

/** The cases of single fields, from everything that was seen of the run's tasks so far. */
export function fieldCases(): Case[] {
  return [
    newCase(),
    fieldCase({
      title: 'has a create_time of when the export was started',
      basis: documented(list),
      wrong: createTimeOf,
    }),
    inOrderCase(),
    fieldCase({
      title: 'has no end_time of a task that is still CREATING',
      basis: documented(list),
      wrong: ({ status, end_time }) =>
        status === 'CREATING' && end_time
          ? {
              rule: 'A task that is CREATING has not ended.',
              expected: 'no end_time',
              came: `end_time ${end_time}`,
            }
          : undefined,
    }),
    fieldCase({
      title: 'has an end_time of a task that has ended, not before its create_time',
      basis: inferred('The page describes the field, and does not say that it is always there.'),
      wrong: endTimeOf,
    }),
    fieldCase({
      title: 'names the file of a task that has one',
      basis: inferred(
        'A person who saves the file takes this name; the page does not say which names there are.',
      ),
      wrong: fileNameOf,
    }),
    fieldCase({
      title: 'gives a reason and an error code only of a task that failed',
      basis: documented(list),
      wrong: ({ status, fail_reason, error_code }) =>
        status !== 'FAIL' && (fail_reason || error_code)
          ? {
              rule: 'fail_reason and error_code belong to a task that failed.',
              expected: `neither, for the task is ${status}`,
              came: `fail_reason ${fail_reason}, error_code ${error_code}`,
            }
          : undefined,
    }),
  ];
}

interface Wrong {
  rule: string;
  expected: string;
  came: string;
}

interface FieldCase {
  title: string;
  basis: Basis;
  wrong: (task: Task, exchange: Exchange, started: { before: number; after: number }) => Wrong | undefined;
}

function fieldCase({ title, basis, wrong }: FieldCase): Case {
  return lifeCase({
    operation: list,
    title,
    basis,
    run: async (trial) => {
      await herd(trial.world);
      for (const { started } of await inTurn(trial.world)) {
        for (const { task, exchange } of history(trial.world).get(started.id) ?? []) {
          const found = wrong(task, exchange, started);
          if (found) blame(trial, exchange, found);
        }
      }
    },
  });
}

function blame(trial: Trial, exchange: Exchange, wrong: Wrong): void {
  trial.exchanges.push(exchange);
  trial.demand(false, wrong);
}

function newCase(): Case {
  return lifeCase({
    operation: list,
    title: 'calls a new task not downloaded',
    basis: documented(list),
    run: async (trial) => {
      for (const { first, started } of await inTurn(trial.world)) {
        const task = first.tasks.find(({ task_id }) => task_id === started.id);
        if (task?.is_download === true) {
          blame(trial, first.exchange, {
            rule: 'is_download says whether the file has been downloaded already.',
            expected: 'false, for the task is new',
            came: inShort(task),
          });
        }
      }
    },
  });
}

function createTimeOf(
  { create_time }: Task,
  { answer }: Exchange,
  { before, after }: { before: number; after: number },
): Wrong | undefined {
  if (create_time === undefined) return undefined;
  const time = timeOf(create_time);
  // Its clock may be another than ours. Any list comes soon after the start, so its Date will do.
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  const near = (moment: number) => Math.abs(time - moment) <= SLACK;
  if ((time >= before - SLACK && time <= after + SLACK) || near(theirs)) return undefined;
  return {
    rule: 'create_time is when the task started, in UTC.',
    expected: `about ${new Date(before).toISOString()}`,
    came: String(create_time),
  };
}

function endTimeOf({ status, create_time, end_time }: Task, { answer }: Exchange): Wrong | undefined {
  if (status === 'CREATING') return undefined;
  const rule = 'end_time is when the task ended, in UTC.';
  if (!end_time) return { rule, expected: `a time, for the task is ${status}`, came: `end_time ${end_time}` };
  const now = Math.max(Date.now(), Date.parse(answer.headers.get('date') ?? '') || 0);
  if (!(timeOf(end_time) < timeOf(create_time)) && timeOf(end_time) <= now + SLACK) return undefined;
  return {
    rule,
    expected: `${create_time} (its create_time) or later, and not in the future`,
    came: `${end_time}`,
  };
}

function fileNameOf({ status, file_name }: Task): Wrong | undefined {
  if (status !== 'SUCCESS') return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const safe = typeof file_name === 'string' && /^[^/\\\u0000-\u001f]{1,255}$/.test(file_name);
  if (safe && /\.[A-Za-z0-9]+$/.test(file_name)) return undefined;
  return {
    rule: 'file_name is the name of the exported file.',
    expected: 'a name with an extension, and without slashes and control characters',
    came: JSON.stringify(file_name) ?? 'no file_name',
  };
}

function inOrderCase(): Case {
  return lifeCase({
    operation: list,
    title: 'has create_times in the order in which exports were started',
    basis: documented(list),
    run: async (trial) => {
      const tasks = await herd(trial.world);
      const ids = (await inTurn(trial.world)).map(({ started }) => started.id);
      const own = tasks.filter(({ task_id }) => ids.includes(String(task_id)));
      own.forEach((task, index) => {
        const next = own[index + 1];
        // Servers of one service may be a moment apart.
        if (!next || !(timeOf(next.create_time) < timeOf(task.create_time) - 2000)) return;
        const seen = history(trial.world).get(String(next.task_id))?.at(-1);
        if (seen) trial.exchanges.push(seen.exchange);
        trial.demand(false, {
          rule: 'A task that was started later has a later create_time.',
          expected: `${task.create_time} or later`,
          came: String(next.create_time),
        });
      });
    },
  });
}

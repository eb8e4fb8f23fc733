/** Requests made up at random for each operation: the right ones are answered, the wrong ones refused. */
import fc from 'fast-check';
import type { Case } from '../cases/case.ts';
import { type Basis, type Operation, operationNamed } from '../contract.ts';
import { json } from '../judge.ts';
import { download, list, remove, removeAsk, start } from '../life/tasks.ts';
import type { Answer } from '../request.ts';
import type { Trial } from '../trial.ts';
import { idOf, type World } from '../world.ts';
import { checkAtRandom } from './check.ts';
import { type Misfit, misfitOfRecords, misfitOfTasks } from './fits.ts';
import { type Query, rightQueries, type There, wrongQueries } from './requests.ts';
import { rightTexts } from './values.ts';

const records = operationNamed('listConnectionRecords');

/** Many limits that these values keep, or break, are this project's reading. */
export const BASIS: Basis = {
  kind: 'inferred',
  why: 'Of the limits that made-up values keep or break, some are of the vendor and some are read into its examples; see the parameters in the contract.',
};

const NO_SUCH = 'An id that no task has leads to no file, and to no fault of the server.';
const NO_HARM = 'A delete of ids that no task has is no fault of the server.';
const REFUSED = 'A body that breaks the limits of the contract is refused with 400.';

/** The cases of made-up requests. */
export function requestCases(): Case[] {
  return [
    rightCase(start, 'starts an export for any right parameters', async () => ({})),
    rightCase(list, 'lists tasks that fit any right parameters', tasksThere, misfitOfTasks),
    rightCase(records, 'lists records that fit any right parameters', recordsThere, misfitOfRecords),
    ...[start, list, records].map(wrongCase),
    strangeTaskCase(),
    strangeDeleteCase(),
    wrongBodyCase(),
  ];
}

function randomCase(operation: Operation, status: number, title: string, run: Case['run']): Case {
  return { operation, status, title, basis: BASIS, late: true, run };
}

function rightCase(
  operation: Operation,
  title: string,
  there: (world: World) => Promise<There>,
  misfit: (query: Query, answer: Answer) => Misfit | undefined = () => undefined,
): Case {
  return randomCase(operation, 200, title, async (trial) => {
    const { world } = trial;
    const { runs, absent } = world.settings;
    const started: string[] = [];
    await checkAtRandom(trial, {
      operations: [operation],
      values: rightQueries(operation, world.hour, await there(world)),
      // Every export is work for the server.
      runs: operation.changes ? Math.ceil(runs / 2) : runs,
      holds: async (query) => {
        const rule = 'A request whose parameters are all right is not refused.';
        const answer = await trial.ask({ operation, query }, [200], BASIS, rule);
        const id = idOf(answer);
        if (id !== undefined) started.push(id);
        if (!absent.stateful) await demandFit(trial, operation, query, misfit(query, answer), misfit);
      },
    });
    if (operation === start) await removeAll(world, started);
  });
}

/** What changes while one looks may not fit for a moment; what does not fit twice is wrong. */
async function demandFit(
  trial: Trial,
  operation: Operation,
  query: Query,
  first: Misfit | undefined,
  misfit: (query: Query, answer: Answer) => Misfit | undefined,
): Promise<void> {
  if (!first) return;
  const again = misfit(query, await trial.ask({ operation, query }));
  if (again) trial.demand(false, again);
}

/** Deletes what was started on the way, many at once. */
export async function removeAll(
  world: World,
  ids: readonly string[],
  project: { projectId: string } | undefined = undefined,
): Promise<void> {
  if (world.settings.absent.delete) return;
  for (let from = 0; from < ids.length; from += 200) {
    await world.ask(removeAsk(ids.slice(from, from + 200), project)).catch(() => {});
  }
}

async function tasksThere(world: World): Promise<There> {
  const { answer } = await world.ask({ operation: list, query: { limit: '20' } });
  return valuesOf((json(answer) as { export_tasks?: unknown } | undefined)?.export_tasks, [
    'task_id',
    'file_name',
  ]);
}

async function recordsThere(world: World): Promise<There> {
  const { answer } = await world.ask({ operation: records, query: { limit: '50' } });
  const fields = ['user_name', 'computer_name', 'terminal_type', 'public_ip', 'enterprise_project_id'];
  return valuesOf((json(answer) as { records?: unknown } | undefined)?.records, fields);
}

function valuesOf(items: unknown, fields: readonly string[]): There {
  const all = Array.isArray(items) ? (items as Record<string, unknown>[]) : [];
  return Object.fromEntries(
    fields.map((field) => [
      field,
      [...new Set(all.flatMap((item) => (typeof item?.[field] === 'string' ? [item[field]] : [])))],
    ]),
  );
}

function wrongCase(operation: Operation): Case {
  return randomCase(operation, 400, 'refuses any parameter that breaks its limits', (trial) =>
    checkAtRandom(trial, {
      operations: [operation],
      values: wrongQueries(operation, trial.world.hour),
      runs: trial.world.settings.runs,
      holds: async ({ name, query }) => {
        const answer = await trial.send({ operation, query });
        const id = idOf(answer);
        if (operation === start && id !== undefined) await removeAll(trial.world, [id]);
        trial.demand(answer.status === 400, {
          rule: `A request is refused with 400 when a parameter is none that the contract allows: ${name} here.`,
          expected: `400, for ${name} is ${query[name]?.slice(0, 80)}`,
          came: String(answer.status),
        });
      },
    }),
  );
}

function strangeTaskCase(): Case {
  return {
    ...randomCase(download, 404, 'has no file for any id that is made up', async (trial) => {
      const parameter = download.parameters.find(({ name }) => name === 'task_id');
      if (!parameter) throw new Error('A download has no task_id.');
      // A path that ends in dots is another path.
      const ids = rightTexts(parameter, trial.world.hour).filter((id) => !/^\.{1,2}$/.test(id));
      await checkAtRandom(trial, {
        operations: [download],
        values: ids,
        runs: trial.world.settings.runs,
        holds: async (id) =>
          void (await trial.ask({ operation: download, path: { task_id: id } }, [404, 400], BASIS, NO_SUCH)),
      });
    }),
    needs: ['stateful'],
  };
}

/** Ids that no server gives: they begin with what is no digit, and hold a word. */
const strangeId = fc
  .string({ unit: fc.constantFrom(...'abc019-_.~%/ é张😀'), maxLength: 50 })
  .map((end) => `no-such-task${end}`);

function strangeDeleteCase(): Case {
  return randomCase(remove, 200, 'answers a delete of any ids that are made up', (trial) =>
    checkAtRandom(trial, {
      operations: [remove],
      values: fc.uniqueArray(strangeId, { minLength: 1, maxLength: 200 }),
      runs: trial.world.settings.runs,
      // What happens to ids that do not exist is not documented.
      holds: async (ids) => void (await trial.ask(removeAsk(ids), [200, 404, 400], BASIS, NO_HARM)),
    }),
  );
}

function wrongBodyCase(): Case {
  const right = fc.uniqueArray(strangeId, { minLength: 1, maxLength: 5 });
  const noText = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constant({}), fc.constant([]));
  const noList = fc.oneof(noText, fc.string({ minLength: 1 })).filter((value) => !Array.isArray(value));
  const bodies = fc.oneof(
    noList.map((task_ids) => ({ task_ids })),
    fc.tuple(right, noText).map(([ids, wrong]) => ({ task_ids: [...ids, wrong] })),
    right.map((ids) => ({ task_ids: [...ids, ids[0]] })),
    right.map((ids) => ({ task_ids: [...ids, ''] })),
    right.map((ids) => ({ task_ids: [...ids, 'x'.repeat(65)] })),
    fc.integer({ min: 201, max: 260 }).map((length) => ({
      task_ids: Array.from({ length }, (_, index) => `no-such-task-${index}`),
    })),
    right.map((ids) => ({ ids })),
    right,
  );
  return randomCase(remove, 400, 'refuses any body that breaks its limits', (trial) =>
    checkAtRandom(trial, {
      operations: [remove],
      values: bodies,
      runs: trial.world.settings.runs,
      holds: async (body) =>
        void (await trial.ask({ operation: remove, body: JSON.stringify(body) }, [400], BASIS, REFUSED)),
    }),
  );
}

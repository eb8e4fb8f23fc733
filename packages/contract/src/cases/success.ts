import { basisOfStatus, operationNamed } from '../contract.ts';
import { json } from '../judge.ts';
import { Skip } from '../world.ts';
import { type Case, type RequestCase, requestCase } from './case.ts';

type Success = Omit<RequestCase, 'operation' | 'basis' | 'statuses'> & Partial<Pick<RequestCase, 'statuses'>>;

const start = operationNamed('exportConnectionRecords');
const list = operationNamed('listExportTasks');
const download = operationNamed('downloadExportFile');
const remove = operationNamed('deleteExportTasks');
const records = operationNamed('listConnectionRecords');

/** A right request for every operation, and what its answer must be. */
export function successCases(): Case[] {
  return [
    {
      operation: start,
      status: 200,
      title: 'starts an export and answers with the id of its task',
      basis: basisOfStatus(start, 200),
      plain: true,
      run: async (trial) => void trial.judge(start, await trial.world.started(), [200]),
    },
    success(list, {
      title: 'lists the tasks',
      plain: true,
      request: () => ({ operation: list }),
    }),
    success(list, {
      title: 'answers when asked for the started task by its id',
      request: async ({ world }) => ({ operation: list, query: { task_id: await world.taskId() } }),
    }),
    success(list, {
      title: 'lists the started task, and no other, when asked for it by its id',
      needs: ['stateful'],
      request: async ({ world }) => ({ operation: list, query: { task_id: await world.taskId() } }),
      also: async (answer, { world }) => {
        const wanted = await world.taskId();
        const ids = (json(answer) as { export_tasks: { task_id: string }[] }).export_tasks.map(
          (task) => task.task_id,
        );
        if (ids.length === 1 && ids[0] === wanted) return [];
        return [
          {
            rule: 'A list filtered by task_id has the task with this id alone.',
            expected: wanted,
            came: ids.join(', ') || 'no task',
            basis: basisOfStatus(list, 200),
          },
        ];
      },
    }),
    endCase(),
    success(download, {
      title: 'gives the file of an export that has succeeded',
      plain: true,
      request: async ({ world }) => ({
        operation: download,
        path: { task_id: await world.finishedTaskId() },
      }),
    }),
    success(remove, {
      title: 'deletes the task that this run started',
      plain: true,
      request: async ({ world }) => ({
        operation: remove,
        body: JSON.stringify({ task_ids: [await world.taskId()] }),
      }),
    }),
    success(records, {
      title: 'lists the records',
      plain: true,
      request: () => ({ operation: records }),
    }),
  ];
}

function success(operation: RequestCase['operation'], rest: Success): Case {
  const statuses = rest.statuses ?? [200];
  return requestCase({ ...rest, operation, statuses, basis: basisOfStatus(operation, statuses[0]) });
}

/** The other cases of an export only skip where it does not end, for they do not know what they wait for. */
function endCase(): Case {
  return {
    operation: list,
    status: 200,
    title: 'brings the started export to its end',
    basis: {
      kind: 'inferred',
      why: 'The vendor names no time for it. Whoever waits gives up after a while, here after --patience.',
    },
    needs: ['start', 'stateful'],
    run: async (trial) => {
      const id = await trial.world.taskId();
      const lasts = await trial.world.ended([id]).then(
        () => undefined,
        (error) => {
          if (!(error instanceof Skip) || !error.message.includes('CREATING')) throw error;
          return error.message;
        },
      );
      trial.demand(lasts === undefined, {
        rule: 'An export is CREATING while it runs, and ends as SUCCESS or FAIL.',
        expected: `SUCCESS or FAIL of ${id}`,
        came: `${lasts}`,
      });
    },
  };
}

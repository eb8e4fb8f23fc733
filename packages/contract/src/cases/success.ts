import { operationNamed } from '../contract.ts';
import { json } from '../judge.ts';
import { basisOfStatus, type Case } from './case.ts';

interface Success {
  operation: string;
  title: string;
  needs?: Case['needs'];
  send: Case['send'];
  also?: Case['also'];
}

const list = operationNamed('listExportTasks');

const SUCCESSES: readonly Success[] = [
  {
    operation: 'exportConnectionRecords',
    title: 'starts an export and answers with the id of its task',
    send: ({ started }) => started(),
  },
  {
    operation: 'listExportTasks',
    title: 'lists the tasks',
    send: ({ ask }) => ask({ operation: list }),
  },
  {
    operation: 'listExportTasks',
    title: 'answers when asked for the started task by its id',
    send: async ({ ask, taskId }) => ask({ operation: list, query: { task_id: await taskId() } }),
  },
  {
    operation: 'listExportTasks',
    title: 'lists the started task, and no other, when asked for it by its id',
    needs: ['stateful'],
    send: async ({ ask, taskId }) => ask({ operation: list, query: { task_id: await taskId() } }),
    also: async (answer, { taskId }) => {
      const wanted = await taskId();
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
  },
  {
    operation: 'downloadExportFile',
    title: 'gives the file of an export that has succeeded',
    send: async ({ ask, finishedTaskId }) =>
      ask({ operation: operationNamed('downloadExportFile'), path: { task_id: await finishedTaskId() } }),
  },
  {
    operation: 'deleteExportTasks',
    title: 'deletes the task that this run started',
    send: async ({ ask, taskId }) =>
      ask({
        operation: operationNamed('deleteExportTasks'),
        body: JSON.stringify({ task_ids: [await taskId()] }),
      }),
  },
  {
    operation: 'listConnectionRecords',
    title: 'lists the records',
    send: ({ ask }) => ask({ operation: operationNamed('listConnectionRecords') }),
  },
];

/** A right request for every operation, and what its answer must be. */
export function successCases(): Case[] {
  return SUCCESSES.map(({ operation: id, ...rest }) => {
    const operation = operationNamed(id);
    return { ...rest, operation, statuses: [200], basis: basisOfStatus(operation, 200) };
  });
}

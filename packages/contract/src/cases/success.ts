import { operationNamed } from '../contract.ts';
import { json } from '../judge.ts';
import { basisOfStatus, type Case } from './case.ts';

interface Success {
  operation: string;
  /** 200 alone unless said otherwise; the first is the one that the case covers. */
  statuses?: Case['statuses'];
  title: string;
  needs?: Case['needs'];
  send: Case['send'];
  also?: Case['also'];
}

const list = operationNamed('listExportTasks');
const download = operationNamed('downloadExportFile');

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
      ask({ operation: download, path: { task_id: await finishedTaskId() } }),
  },
  {
    operation: 'downloadExportFile',
    // A server may ignore Range, and then sends the whole file. Three bytes are a mark of UTF-8 or a Chinese character, whole.
    statuses: [206, 200],
    title: 'gives the part of the file that Range asks for',
    send: async ({ ask, finishedTaskId }) =>
      ask({
        operation: download,
        path: { task_id: await finishedTaskId() },
        headers: { Range: 'bytes=0-2' },
      }),
    also: async ({ status, headers, bytes }) => {
      const range = headers.get('content-range') ?? 'none';
      if (status === 200 || (bytes.length === 3 && /^bytes 0-2\/(\d+|\*)$/.test(range))) return [];
      const rule = 'An answer with 206 is the part that was asked for, and Content-Range says which.';
      const came = `${bytes.length} bytes, Content-Range ${range}`;
      return [
        { rule, expected: '3 bytes, Content-Range bytes 0-2/…', came, basis: basisOfStatus(download, 206) },
      ];
    },
  },
  {
    operation: 'downloadExportFile',
    statuses: [416, 200],
    title: 'has nothing beyond the end of the file',
    send: async ({ ask, finishedTaskId }) =>
      ask({
        operation: download,
        path: { task_id: await finishedTaskId() },
        headers: { Range: 'bytes=999999999999-' },
      }),
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
  return SUCCESSES.map(({ operation: id, statuses = [200], ...rest }) => {
    const operation = operationNamed(id);
    return { ...rest, operation, statuses, basis: basisOfStatus(operation, statuses[0]) };
  });
}

/** Servers of tasks with one defect each in downloads, deletes and expiry, for the tests of the suite. */
import { type Broken, shown } from './broken-lists.ts';
import { type FakeTask, RIGHT, type Rules } from './fake-tasks.ts';

const marks = (
  which: (task: FakeTask, all: readonly FakeTask[], refused: boolean) => readonly FakeTask[],
) => ({
  mark: ((task, all, refused) => {
    for (const one of which(task, all, refused)) one.is_download = true;
  }) satisfies Rules['mark'],
});

/** Defects of downloads. */
export const DOWNLOADS: readonly Broken[] = [
  ['no mark of a download', marks(() => []), 'marks its task as downloaded'],
  [
    'a mark on every task',
    marks((_, all, refused) => (refused ? [] : all)),
    'marks no other task than the one downloaded',
  ],
  [
    'a mark before the credentials are checked',
    marks((task) => [task]),
    'marks no task as downloaded when the download is refused',
  ],
  [
    'a mark of what was looked at',
    {
      moveOn: (task, now) => {
        RIGHT.moveOn(task, now);
        if (task.looks < -60) task.is_download = true;
      },
    },
    'marks no task as downloaded that was only looked at',
  ],
  [
    'a download that takes its mark back',
    {
      mark: (task, _, refused) => {
        if (!refused) task.is_download = !task.is_download;
      },
    },
    'never calls a downloaded task not downloaded again',
  ],
  [
    'a workbook called csv',
    { file: ({ task_id }) => `PK${task_id}` },
    'gives a file that its file_name has the right extension for',
  ],
  [
    'half a file',
    { hasFile: ({ status }) => status !== 'FAIL' && status !== 'EXPIRED' },
    'has no file of a task that is still CREATING',
  ],
  [
    'ids of downloads in any case',
    { find: (tasks, id) => RIGHT.find(tasks, id.toLowerCase()) },
    'has no file of an id in the other case',
  ],
  [
    'ids of downloads that match in part',
    { find: (tasks, id) => tasks.find(({ task_id }) => task_id.startsWith(id)) },
    'has no file of an id that is nearly that of a task',
  ],
  [
    'ids that are paths',
    { find: (tasks, id) => RIGHT.find(tasks, id.replace(/^.*\//, '')) },
    'has no file of an id with a path in it, or of the name of a file',
  ],
];

/** Defects of deletes. */
export const REMOVALS: readonly Broken[] = [
  ['a delete that deletes nothing', { left: (tasks) => [...tasks] }, 'takes a deleted task out of the list'],
  [
    'a file that stays',
    {
      find: (tasks, id) => RIGHT.find(tasks, id) ?? (gone.has(id) ? gone.get(id) : undefined),
      left: leavingFiles,
    },
    'takes the file of a deleted task away',
  ],
  [
    'a delete of the first of several alone',
    { left: (tasks, ids, refused) => RIGHT.left(tasks, ids.slice(0, 1), refused) },
    'deletes every task that one request names',
  ],
  [
    'a delete of the first hundred ids alone',
    { left: (tasks, ids, refused) => RIGHT.left(tasks, ids.slice(0, 100), refused) },
    'deletes tasks that come last of the 200 that one request names',
  ],
  [
    'a delete of fifty tasks at most',
    {
      left: (tasks, ids, refused) => {
        const known = ids.filter((id) => tasks.some(({ task_id }) => task_id === id));
        return RIGHT.left(tasks, known.slice(0, 50), refused);
      },
    },
    'deletes 60 tasks that one request names',
  ],
  [
    'a delete of everything older',
    {
      left: (tasks, ids, refused) => {
        const last = tasks.findLastIndex(({ task_id }) => ids.includes(task_id));
        return refused ? [...tasks] : tasks.slice(last + 1);
      },
    },
    'deletes no task that the request does not name',
  ],
  [
    'a count of what was deleted',
    {
      count: (matching, all) => (matching.length < all.length ? matching.length : all.length + gone.size),
      left: leavingFiles,
    },
    'takes deleted tasks out of the count',
  ],
  [
    'a delete by the beginning of an id',
    {
      left: (tasks, ids, refused) =>
        tasks.filter(({ task_id }) => refused || !ids.some((id) => task_id.startsWith(id))),
    },
    'deletes no task by part of its id, by a pattern or in the other case',
  ],
  [
    'a delete in any case',
    {
      left: (tasks, ids, refused) =>
        RIGHT.left(
          tasks,
          ids.map((id) => id.toLowerCase()),
          refused,
        ),
    },
    'deletes no task by part of its id, by a pattern or in the other case',
  ],
  [
    'a refused delete that deletes',
    { left: (tasks, ids) => RIGHT.left(tasks, ids, false) },
    'deletes nothing when it refuses the request',
  ],
];
/** What was deleted, for servers that keep something of it; to be cleared before each test. */
export const gone = new Map<string, FakeTask>();
function leavingFiles(...[tasks, ids, refused]: Parameters<Rules['left']>) {
  for (const task of tasks)
    if (ids.includes(task.task_id)) gone.set(task.task_id, { ...task, status: 'SUCCESS' });
  return RIGHT.left(tasks, ids, refused);
}

/** Defects of what a sandbox shows. */
export const SANDBOX: readonly Broken[] = [
  [
    'a file that never expires',
    { moveOn: (task) => RIGHT.moveOn(task, task.end_time ?? task.create_time) },
    'calls a task EXPIRED a month after its end, and lists it by this status',
  ],
  [
    'a file that expires at once',
    {
      moveOn: (task, now) => {
        RIGHT.moveOn(task, now);
        if (task.looks < -1 && task.status === 'SUCCESS') task.status = 'EXPIRED';
      },
    },
    'keeps a task SUCCESS for an hour at least',
  ],
  [
    'a file of an expired task',
    { hasFile: ({ status }) => /SUCCESS|EXPIRED/.test(status) },
    'has no file of a task that has expired',
  ],
  ['a failure without a reason', shown(() => ({ fail_reason: undefined })), 'says why a task failed'],
  [
    'no list of what is CREATING',
    { matches: (task, query) => query.status !== 'CREATING' && RIGHT.matches(task, query) },
    'lists a task that takes its time as CREATING, and by this status',
  ],
];

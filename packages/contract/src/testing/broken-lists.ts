/** Servers of tasks with one defect each in what they start and list, for the tests of the suite. */
import { HOUR } from '../clock.ts';
import { type FakeTask, RIGHT, type Rules } from './fake-tasks.ts';

const at = (time: string, milliseconds: number) => new Date(Date.parse(time) + milliseconds).toISOString();
/** A server whose list says something else of its tasks. */
export const shown = (change: (task: FakeTask) => object): Partial<Rules> => ({
  shown: (task) => ({ ...RIGHT.shown(task), ...change(task) }),
});

/** A defect, the rules that have it, and the title of the case that tells it. */
export type Broken = [defect: string, rules: Partial<Rules>, caught: string];

/** Defects of starts. */
export const STARTS: readonly Broken[] = [
  [
    'an id given twice',
    { id: (number) => `ab${Math.floor(number / 2)}` },
    'gives every export its own id, also of eight started at once',
  ],
  ['an id with a slash', { id: (number) => `a/${number}` }, 'gives ids that a path can carry'],
  [
    'a task that is listed late',
    { matches: (task, query) => task.looks < 1 && RIGHT.matches(task, query) },
    'answers only once its task is in the list',
  ],
];

/** Defects of what a list says of a task. */
export const FIELDS: readonly Broken[] = [
  [
    'a create_time in local time',
    shown(({ create_time }) => ({ create_time: at(create_time, 8 * HOUR) })),
    'has a create_time of when the export was started',
  ],
  [
    'an end_time while CREATING',
    shown(({ create_time, end_time }) => ({ end_time: end_time ?? create_time })),
    'has no end_time of a task that is still CREATING',
  ],
  [
    'no end_time',
    shown(() => ({ end_time: undefined })),
    'has an end_time of a task that has ended, not before its create_time',
  ],
  [
    'an end_time in local time',
    shown(({ end_time }) => (end_time ? { end_time: at(end_time, -8 * HOUR) } : {})),
    'has an end_time of a task that has ended, not before its create_time',
  ],
  [
    'a file name that is a path',
    shown(({ file_name }) => ({ file_name: `/data/${file_name}` })),
    'names the file of a task that has one',
  ],
  [
    'an error code of a success',
    shown(() => ({ error_code: 'WKS.00000000' })),
    'gives a reason and an error code only of a task that failed',
  ],
  [
    'a status that moves back',
    shown(({ looks }) => (looks === -30 ? { status: 'CREATING' } : {})),
    'moves the status of a task only forward',
  ],
  [
    'an end_time that is now',
    shown(({ end_time, looks }) => (end_time ? { end_time: at(end_time, -looks) } : {})),
    'keeps create_time, end_time and file_name of a task',
  ],
  [
    'a file name made anew each time',
    { ...shown(({ looks, file_name }) => ({ file_name: `${-looks}-${file_name}` })) },
    'keeps create_time, end_time and file_name of a task',
  ],
];

/** Defects of pages and their order. */
export const PAGES: readonly Broken[] = [
  [
    'a limit off by one',
    { page: (tasks, offset, limit) => RIGHT.page(tasks, offset, limit + 1, tasks) },
    'puts as many tasks on a page as limit asks for',
  ],
  [
    'a limit of 100 that gives 99',
    { page: (tasks, offset, limit) => RIGHT.page(tasks, offset, Math.min(limit, 99), tasks) },
    'puts as many tasks on a page as limit asks for, with more than 100 there',
  ],
  [
    'a limit that is 20 at most',
    { page: (tasks, offset, limit) => RIGHT.page(tasks, offset, Math.min(limit, 20), tasks) },
    'puts as many tasks on a page as limit asks for, with more than 100 there',
  ],
  ['a default limit of 10', { defaultLimit: 10 }, 'puts 20 tasks on a page when limit is left out'],
  [
    'an offset off by one',
    { page: (tasks, offset, limit) => RIGHT.page(tasks, Math.max(0, offset - 1), limit, tasks) },
    'skips as many tasks as offset says, and none when it is left out',
  ],
  [
    'an offset in pages',
    { page: (tasks, offset, limit) => RIGHT.page(tasks, offset * limit, limit, tasks) },
    'neither loses nor repeats a task over pages of 1, 2 and 7',
  ],
  [
    'an order that depends on the page',
    {
      page: (tasks, offset, limit) =>
        RIGHT.page(
          limit === 2 ? tasks.toSorted((a, b) => a.file_name.localeCompare(b.file_name)) : tasks,
          offset,
          limit,
          tasks,
        ),
    },
    'neither loses nor repeats a task over pages of 1, 2 and 7',
  ],
  ['a count of the page', { count: (_, __, page) => page.length }, 'counts the tasks of all pages together'],
  [
    'a count without filters',
    { count: (_, all) => all.length },
    'counts only the tasks that the filters leave',
  ],
  ['a sort that is ignored', { sorted: (tasks) => tasks }, 'lists the newest task first with sort_type=DESC'],
  [
    'the newest first by default',
    { sorted: (tasks, query) => RIGHT.sorted(tasks, { sort_type: 'DESC', ...query }) },
    'lists the oldest task first when only sort_field is given, or refuses that',
  ],
];

const without = (name: string): Partial<Rules> => ({
  matches: (task, { [name]: _, ...query }) => RIGHT.matches(task, query),
});
const inPart = (name: 'task_id' | 'file_name'): Partial<Rules> => ({
  matches: (task, { [name]: part = '', ...query }) => task[name].includes(part) && RIGHT.matches(task, query),
});

/** Defects of filters. */
export const FILTERS: readonly Broken[] = [
  ['ids that match in part', inPart('task_id'), 'finds no task by part of its id, or by a pattern'],
  [
    'ids in any case',
    {
      matches: (task, { task_id, ...query }) =>
        RIGHT.matches(task, task_id ? { ...query, task_id: task_id.toLowerCase() } : query),
    },
    'finds no task by its id in the other case',
  ],
  [
    'a page that is cut before it is filtered',
    {
      page: (matching, offset, limit, all) =>
        all.slice(offset, offset + limit).filter((one) => matching.includes(one)),
    },
    'filters first and cuts the page after that',
  ],
  [
    'names that match in part',
    inPart('file_name'),
    'finds no task by part of its file_name, or by a pattern',
  ],
  [
    'a name filter that is ignored',
    without('file_name'),
    'lists with file_name the tasks with a file of this name, and none of another',
  ],
  [
    'a status filter that is ignored',
    without('status'),
    'lists with status only tasks in this status, ours among them',
  ],
  [
    'is_download that is ignored',
    without('is_download'),
    'lists with is_download only tasks that were, or were not, downloaded',
  ],
  [
    'is_download=false that is ignored',
    {
      matches: (task, { is_download, ...query }) =>
        (is_download !== 'true' || task.is_download) && RIGHT.matches(task, query),
    },
    'lists with is_download only tasks that were, or were not, downloaded',
  ],
  [
    'filters that are alternatives',
    {
      matches: (task, query) => {
        const names = ['task_id', 'file_name', 'status', 'is_download'].filter((name) => query[name]);
        return (
          names.length === 0 || names.some((name) => RIGHT.matches(task, { [name]: String(query[name]) }))
        );
      },
    },
    'lists with two filters only tasks that fit both',
  ],
];

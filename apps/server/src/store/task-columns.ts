import type { Task } from './store.ts';

/** A value of a task as it is stored: 1 and 0 for true and false, JSON for a filter. */
export type TaskCell = string | number | null;

const columns = {
  projectId: 'project_id',
  taskId: 'task_id',
  fileName: 'file_name',
  status: 'status',
  failReason: 'fail_reason',
  errorCode: 'error_code',
  createTime: 'create_time',
  endTime: 'end_time',
  isDownload: 'is_download',
  filter: 'filter',
  language: 'language',
  format: 'format',
  size: 'size',
  sha256: 'sha256',
  fence: 'fence',
} as const satisfies Record<keyof Task, string>;
const fields = Object.keys(columns) as (keyof Task)[];
/** What it was started with, a task keeps. */
const changing = ['status', 'failReason', 'errorCode', 'endTime', 'isDownload', 'size', 'sha256'] as const;

/** The columns of a task, in the order of its cells. */
export const taskColumns: readonly string[] = Object.values(columns);

/** Those that an update may change, in the order of the cells of a change. */
export const changingColumns: readonly string[] = changing.map((field) => columns[field]);

/** A task as it is stored. */
export const cellsOf = (task: Task): TaskCell[] => fields.map((field) => cellOf(task[field]));

/** What of a task is to change; null is no change. */
export const changesOf = (changes: Partial<Task>): TaskCell[] =>
  changing.map((field) => cellOf(changes[field]));

function cellOf(value: Task[keyof Task]): TaskCell {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? JSON.stringify(value) : (value ?? null);
}

/** The task of its cells. */
export function taskOf(cells: readonly TaskCell[]): Task {
  const present = fields.flatMap((field, index) => (cells[index] === null ? [] : [[field, cells[index]]]));
  const { isDownload, filter, ...task } = Object.fromEntries(present);
  return { ...task, isDownload: isDownload === 1, filter: JSON.parse(filter) };
}

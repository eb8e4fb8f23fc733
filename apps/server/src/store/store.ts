import type { ConnectionRecord, ExportTaskStatus, Language } from '@connection-records/types';

/** Which records a list or an export asks for. The meaning of each filter is decided here, once, for every store. */
export interface RecordFilter {
  projectId: string;
  /** Connections that started at this time or later, in milliseconds since 1970. */
  from: number;
  /** Connections that started before this time: the window is half open, so that adjoining ones neither lose nor repeat a record. */
  to: number;
  /** Exact. */
  userName?: string;
  /** Exact. */
  computerName?: string;
  /** Anywhere in the name, ignoring case. `%`, `_` and `*` are ordinary characters. */
  terminalType?: string;
  /** Exact. */
  publicIp?: string;
  /** Exact; `0` is the default enterprise project, to which records without one belong. */
  enterpriseProjectId?: string;
  /** The part of the user name after `@`, exact. */
  domain?: string;
  /** End-to-end latency in milliseconds, inclusive. Leaves out records without a measured one. */
  minRtt?: number;
  /** End-to-end latency in milliseconds, inclusive. Leaves out records without a measured one. */
  maxRtt?: number;
}

/** A page of a list. */
export interface Page {
  offset: number;
  limit: number;
}

/** The format of an exported file. */
export type FileFormat = 'xlsx' | 'csv';

/** An export task as it is stored. Times are milliseconds since 1970. */
export interface Task {
  projectId: string;
  taskId: string;
  fileName: string;
  status: ExportTaskStatus;
  failReason?: string;
  errorCode?: string;
  createTime: number;
  endTime?: number;
  isDownload: boolean;
  /** What the export asked for, so that it can be done again after a crash. */
  filter: RecordFilter;
  language: Language;
  format: FileFormat;
  /** Size of the finished file in bytes, and its SHA-256 in hexadecimal digits. */
  size?: number;
  sha256?: string;
}

/** A page of tasks, and how many match in all. Not to be changed: the same one may be given again. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly total: number;
}

/** How many tasks are in a status, and when the oldest of them was created. */
export interface TaskCount {
  status: ExportTaskStatus;
  count: number;
  oldest: number;
}

/** Which tasks a list asks for, and in which order. Without an order, the newest come first. */
export interface TaskFilter {
  projectId: string;
  taskId?: string;
  fileName?: string;
  status?: ExportTaskStatus;
  isDownload?: boolean;
  order?: 'ASC' | 'DESC';
}

/**
 * Where records and tasks are kept. Everything is asynchronous and belongs to one project, so that a database on another machine can
 * stand behind it as well; `store.conformance.ts` is what every store has to pass.
 */
export interface Store {
  /** Adds records, and tells how many were new. A `transaction_id` that the project has already changes nothing. */
  addRecords(projectId: string, records: readonly ConnectionRecord[]): Promise<number>;
  /** A page of the records that match, oldest first, and how many match in all. */
  listRecords(filter: RecordFilter, page: Page): Promise<{ records: ConnectionRecord[]; total: number }>;
  /** All records that match, oldest first, in batches, as they were when the reading began. */
  readRecords(filter: RecordFilter): AsyncIterable<ConnectionRecord[]>;
  /** Removes the records of connections that started before a time, and tells how many there were. */
  removeRecordsBefore(time: number): Promise<number>;

  addTask(task: Task): Promise<void>;
  findTask(projectId: string, taskId: string): Promise<Task | undefined>;
  listTasks(filter: TaskFilter, page: Page): Promise<TaskPage>;
  /** Changes a task if it is still in the given status, and tells whether it was. */
  updateTask(taskId: string, from: ExportTaskStatus, changes: Partial<Task>): Promise<boolean>;
  /** Tasks of every project in a status, oldest first: what a start finds unfinished, and what may have expired. */
  tasksIn(status: ExportTaskStatus): Promise<Task[]>;
  /** Counts the tasks of every project in each status that there is. */
  countTasks(): Promise<TaskCount[]>;
  /** Marks the file of a task as downloaded. */
  markDownloaded(projectId: string, taskId: string): Promise<void>;
  /** Deletes tasks of a project, whatever their status, and gives back those that there were. */
  deleteTasks(projectId: string, taskIds: readonly string[]): Promise<Task[]>;

  close(): Promise<void>;
}

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
  /** How many times a server has taken the task: each time is a lease of its own, and the last one alone may end the task. */
  fence: number;
}

/** A task under the lease that its holder knows. */
export type Hold = Pick<Task, 'projectId' | 'taskId' | 'fence'>;

/** How tasks are taken. */
export interface Terms {
  /** How long a task is held unless that is renewed, in milliseconds. Then anybody may take it over. */
  lease: number;
  /** How many exports of a project may run at once, on all servers together. */
  perProject: number;
  /** How many exports may run at once, on all servers together. */
  inAll: number;
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

/** Which tasks are to expire: those that ended at a time or earlier, of one project or of every one, and how many of them at most. */
export interface ToExpire {
  endedBy: number;
  projectId?: string | undefined;
  limit: number;
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
 * Where records and tasks are kept. Everything is asynchronous, so that a database on another machine can stand behind it, shared by
 * several servers; `store.conformance.ts` is what every store has to pass.
 */
export interface Store {
  /** Adds records, and tells how many were new. A `transaction_id` that the project has already changes nothing. */
  addRecords(projectId: string, records: readonly ConnectionRecord[]): Promise<number>;
  /** A page of the records that match, oldest first, and how many match in all. */
  listRecords(filter: RecordFilter, page: Page): Promise<{ records: ConnectionRecord[]; total: number }>;
  /** All records that match, oldest first, in batches, as they were when the reading began. */
  readRecords(filter: RecordFilter): AsyncIterable<ConnectionRecord[]>;
  /** Removes the records of connections that started before a time. Those of the day (UTC) of that time may stay until the day is over. */
  removeRecordsBefore(time: number): Promise<void>;

  addTask(task: Task): Promise<void>;
  findTask(projectId: string, taskId: string): Promise<Task | undefined>;
  listTasks(filter: TaskFilter, page: Page): Promise<TaskPage>;
  /** Changes a task if it is still in the given status under the given fence, and tells whether it was. */
  updateTask(held: Hold, from: ExportTaskStatus, changes: Partial<Task>): Promise<boolean>;
  /** Tasks of every project in a status, oldest first: those whose files there are. */
  tasksIn(status: ExportTaskStatus): Promise<Task[]>;
  /** Tasks that are `SUCCESS` and have to expire; the first to end come first. */
  tasksToExpire(which: ToExpire): Promise<Task[]>;
  /** Counts the tasks of every project in each status that there is. */
  countTasks(): Promise<TaskCount[]>;
  /** Marks the file of a task as downloaded. */
  markDownloaded(projectId: string, taskId: string): Promise<void>;
  /** Deletes tasks of a project, whatever their status, and gives back those that there were. */
  deleteTasks(projectId: string, taskIds: readonly string[]): Promise<Task[]>;

  /**
   * Takes the next task that is `CREATING` and that nobody holds, if the terms allow one more. Those of a project come in the order in which
   * they were added, and projects take turns: one that adds a thousand tasks keeps no other waiting for more than one of them.
   */
  takeTask(terms: Terms): Promise<Task | undefined>;
  /** Holds tasks for so many milliseconds from now, none to let go of them, and gives back the ids of those that were still held. */
  renewTasks(held: readonly Hold[], lease: number): Promise<string[]>;
  /**
   * Calls with the id of a project whose tasks have changed, by whichever server, until what it gives back is called. News may get lost
   * with a connection, so look from time to time as well.
   */
  onChange(listener: (projectId: string) => void): () => void;

  close(): Promise<void>;
}

import { EventEmitter, once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '@connection-records/types';
import type { FileFormat, RecordFilter, Store, Task } from './store/store.ts';

/** Writes the file of a task. Resolves when it is complete under its name; aborting leaves nothing behind. */
export type WriteFile = (
  task: Task,
  path: string,
  signal: AbortSignal,
) => Promise<{ size: number; sha256: string }>;

/** How exports are worked off. */
export interface ExportsOptions {
  store: Store;
  /** The folder of the finished files. */
  folder: string;
  writeFile: WriteFile;
  format: FileFormat;
  /** How many files are written at once; the other tasks wait in order. */
  concurrency: number;
  /** How long a file can be downloaded, in milliseconds. */
  keepFor: number;
  /** The time for a project, in milliseconds since 1970. */
  now: (projectId: string) => number;
  newId: () => string;
  /** Waited for after each file before the next begins, so that requests have their turn. Left out, the next begins at once. */
  rest?: () => Promise<void>;
  /** Told when a task could not be done, for the log. */
  onError?: (taskId: string, error: unknown) => void;
}

/** The export tasks of the server: started, worked off in the background, expired, deleted. */
export class Exports {
  readonly #options: ExportsOptions;
  readonly #waiting: Task[] = [];
  readonly #running = new Map<string, AbortController>();
  /** How many files are over, but not yet the rest after them. */
  #resting = 0;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #closed = false;

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left: unfinished tasks are done again, files that belong to none are removed. */
  async resume(): Promise<void> {
    const { store, folder } = this.#options;
    await mkdir(folder, { recursive: true });
    const finished = new Set((await store.tasksIn('SUCCESS')).map((task) => fileOf(task)));
    for (const file of await readdir(folder)) if (!finished.has(file)) await rm(join(folder, file));
    this.#waiting.push(...(await store.tasksIn('CREATING')));
    this.#workOff();
  }

  /** Starts an export and gives back its task, which is `CREATING`. `prepare` sees it before anybody works on it. */
  async start(filter: RecordFilter, language: Language, prepare?: (task: Task) => void): Promise<Task> {
    const { store, format, newId, now } = this.#options;
    const { projectId } = filter;
    const createTime = now(projectId);
    const stamp = new Date(createTime).toISOString().replace(/\D/g, '').slice(0, 14);
    const fileName = `connection-records-${stamp}.${format}`;
    const task: Task = {
      projectId,
      taskId: newId(),
      fileName,
      status: 'CREATING',
      createTime,
      isDownload: false,
      filter,
      language,
      format,
    };
    await store.addTask(task);
    prepare?.(task);
    this.#waiting.push(task);
    this.#workOff();
    return task;
  }

  /** Where the file of a task is, once it has one. */
  path(task: Task): string {
    return join(this.#options.folder, fileOf(task));
  }

  /** Deletes tasks and their files, running ones too. Ids that the project does not have change nothing. */
  async delete(projectId: string, taskIds: readonly string[]): Promise<void> {
    for (const task of await this.#options.store.deleteTasks(projectId, taskIds)) {
      this.#running.get(task.taskId)?.abort();
      const waiting = this.#waiting.findIndex(({ taskId }) => taskId === task.taskId);
      if (waiting >= 0) this.#waiting.splice(waiting, 1);
      await rm(this.path(task), { force: true });
    }
    this.#changes.emit(projectId);
  }

  /** Expires tasks whose time is over, and removes their files. */
  async expire(): Promise<void> {
    const { store, keepFor, now } = this.#options;
    for (const task of await store.tasksIn('SUCCESS')) {
      if ((task.endTime ?? task.createTime) + keepFor > now(task.projectId)) continue;
      await store.updateTask(task.taskId, 'SUCCESS', { status: 'EXPIRED' });
      await rm(this.path(task), { force: true });
      this.#changes.emit(task.projectId);
    }
  }

  /** Resolves when a task of the project changes, or when the signal aborts. */
  async change(projectId: string, signal: AbortSignal): Promise<void> {
    await once(this.#changes, projectId, { signal }).catch(() => undefined);
  }

  /** Begins no more files, and resolves when those that are being written are done, or the signal aborts. */
  async drain(signal: AbortSignal): Promise<void> {
    this.#closed = true;
    const done = [...this.#running.keys()].map((taskId) => once(this.#changes, `done ${taskId}`, { signal }));
    await Promise.all(done).catch(() => undefined);
  }

  /** Stops. What is not finished is taken up by the next process. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    const stopped = [...this.#running.keys()].map((taskId) => once(this.#changes, `done ${taskId}`));
    for (const running of this.#running.values()) running.abort();
    await Promise.all(stopped);
  }

  #workOff() {
    while (!this.#closed && this.#running.size + this.#resting < this.#options.concurrency) {
      const task = this.#waiting.shift();
      if (!task) return;
      void this.#work(task);
    }
  }

  async #work(task: Task) {
    const { store, writeFile, now, onError } = this.#options;
    const abort = new AbortController();
    this.#running.set(task.taskId, abort);
    try {
      const file = await writeFile(task, this.path(task), abort.signal);
      const kept = await store.updateTask(task.taskId, 'CREATING', {
        status: 'SUCCESS',
        endTime: now(task.projectId),
        ...file,
      });
      // Deleted meanwhile: nobody may find the file.
      if (!kept) await rm(this.path(task), { force: true });
    } catch (error) {
      // It may have got its name at the very moment at which it was stopped.
      await rm(this.path(task), { force: true });
      if (!abort.signal.aborted) {
        onError?.(task.taskId, error);
        // If even that cannot be stored, the next start does the task again.
        await this.#fail(task, error).catch((e) => onError?.(task.taskId, e));
      }
    }
    this.#running.delete(task.taskId);
    this.#changes.emit(task.projectId);
    this.#changes.emit(`done ${task.taskId}`);
    await this.#rest();
    this.#workOff();
  }

  async #rest() {
    this.#resting++;
    await this.#options.rest?.();
    this.#resting--;
  }

  async #fail({ taskId, projectId }: Task, error: unknown) {
    const { store, now } = this.#options;
    const failReason = `The file could not be written: ${error instanceof Error ? error.message : error}`;
    await store.updateTask(taskId, 'CREATING', {
      status: 'FAIL',
      endTime: now(projectId),
      failReason,
      errorCode: 'WKS.00211401',
    });
  }
}

/** The name of a task's file on the disk: that of the download is the reader's business. */
const fileOf = ({ taskId, format }: Task) => `${taskId}.${format}`;

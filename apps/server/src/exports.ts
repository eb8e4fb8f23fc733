import { EventEmitter, once } from 'node:events';
import type { Language } from '@connection-records/types';
import type { FileStore, FinishedFile, StoredFile } from './files/file-store.ts';
import type { FileFormat, Hold, RecordFilter, Store, Task, Terms } from './store/store.ts';

/** Writes the file of a task. Resolves when it is complete under its name; if it fails, what is left of it is removed by the caller. */
export type WriteFile = (task: Task, name: string, signal: AbortSignal) => Promise<FinishedFile>;

/** How exports are worked off. */
export interface ExportsOptions {
  store: Store;
  files: FileStore;
  writeFile: WriteFile;
  format: FileFormat;
  /** How many files are written at once; the other tasks wait in order, or for another server. */
  concurrency: number;
  /** How long a task is held without news of this server, and how many run on all servers together. */
  terms: Terms;
  /** How long a file can be downloaded, in milliseconds. */
  keepFor: number;
  /** The time for a project, in milliseconds since 1970. */
  now: (projectId: string) => number;
  /** An id of 32 hexadecimal digits, by which files of exports are told from others. */
  newId: () => string;
  /** Milliseconds that go on evenly, whatever the clock says. */
  elapsed?: () => number;
  /** Waited for after each file before the next begins, so that requests have their turn. Left out, the next begins at once. */
  rest?: () => Promise<void>;
  /** Told when something could not be done, for the log, with the task if it was about one. */
  onError?: (error: unknown, taskId?: string) => void;
}

/** A task that this server works on. */
interface Running {
  task: Task;
  abort: AbortController;
  /** When others may take it, unless it is renewed before. */
  heldUntil: number;
  done: Promise<void>;
}

/**
 * The export tasks of this server: started, worked off in the background, expired, deleted. A task belongs to whoever took it last, as its
 * fence tells: each taking writes a file of its own, and only the last one can end the task. So a server may die, stop for hours and go
 * on, or lose the store at any moment.
 */
export class Exports {
  readonly #options: ExportsOptions;
  readonly #elapsed: () => number;
  readonly #running = new Map<string, Running>();
  /** How many files are over, but not yet the rest after them. */
  #resting = 0;
  /** Whether the next tasks are being taken, and whether to look again afterwards. */
  #taking: false | 'once' | 'again' = false;
  #renewing = false;
  /** Files of nobody that could not be removed. */
  readonly #left = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #stopListening: () => void;
  #closed = false;

  constructor(options: ExportsOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? (() => performance.now());
    this.#stopListening = options.store.onChange((projectId) => {
      this.#changes.emit(projectId);
      void this.#takeTasks();
    });
  }

  /** Removes files that belong to no task, and begins to work off what is there, by whomever it was started. */
  async resume(): Promise<void> {
    const { store, files, terms } = this.#options;
    // In this order: a task is there before its file, and is CREATING before it is SUCCESS.
    const names = await files.list();
    const tasks = [...(await store.tasksIn('CREATING')), ...(await store.tasksIn('SUCCESS'))];
    const known = new Set(tasks.map(fileOf));
    for (const name of names) if (ours.test(name) && !known.has(name)) await files.remove(name);
    this.#timer = setInterval(() => void this.look(), terms.lease / 3);
    await this.#takeTasks();
  }

  /** Starts an export and gives back its task, which is `CREATING`. `prepare` sees it before anybody works on it. */
  async start(filter: RecordFilter, language: Language, prepare?: (task: Task) => void): Promise<Task> {
    const { store, format, newId, now } = this.#options;
    const { projectId } = filter;
    const createTime = now(projectId);
    const stamp = new Date(createTime).toISOString().replace(/\D/g, '').slice(0, 14);
    const task: Task = {
      projectId,
      taskId: newId(),
      fileName: `connection-records-${stamp}.${format}`,
      status: 'CREATING',
      createTime,
      isDownload: false,
      filter,
      language,
      format,
      fence: 0,
    };
    prepare?.(task);
    await store.addTask(task);
    void this.#takeTasks();
    return task;
  }

  /** Opens the file of a task; undefined if it has none, or none any more. */
  open(task: Task): Promise<StoredFile | undefined> {
    return this.#options.files.open(fileOf(task));
  }

  /** Deletes tasks and their files, running ones too. Ids that the project does not have change nothing. */
  async delete(projectId: string, taskIds: readonly string[]): Promise<void> {
    const { store } = this.#options;
    for (const task of await store.deleteTasks(projectId, taskIds)) {
      // Another server that writes it learns of it when it renews its lease.
      this.#running.get(task.taskId)?.abort.abort();
      await this.#remove(fileOf(task));
    }
  }

  /** Expires tasks whose time is over by the clock of the project, or of all projects by the clock of none, and removes their files. */
  async expire(projectId?: string): Promise<void> {
    const { store, keepFor, now } = this.#options;
    for (const name of this.#left) await this.#remove(name);
    const endedBy = now(projectId ?? '') - keepFor;
    for (let more = true; more; ) {
      const over = await store.tasksToExpire({ endedBy, projectId, limit: expiredAtOnce });
      more = over.length === expiredAtOnce;
      for (const task of over) {
        // Of several servers that do so at once, one removes the file.
        if (await store.updateTask(task, 'SUCCESS', { status: 'EXPIRED' })) await this.#remove(fileOf(task));
      }
    }
  }

  /** Resolves when a task of the project changes, or when the signal aborts. */
  async change(projectId: string, signal: AbortSignal): Promise<void> {
    await once(this.#changes, projectId, { signal }).catch(() => undefined);
  }

  /** Holds on to the tasks that this server works on, gives up those that it has lost, and takes others. Done from time to time. */
  async look(): Promise<void> {
    // Even when the store cannot be asked: then somebody else may have them by now.
    for (const { heldUntil, abort } of this.#running.values()) if (heldUntil < this.#elapsed()) abort.abort();
    await this.#renew();
    await this.#takeTasks();
  }

  /** Takes no more tasks, and resolves when those that it works on are done, or the signal aborts. Meanwhile it holds on to them. */
  async drain(signal: AbortSignal): Promise<void> {
    this.#closed = true;
    if (signal.aborted) return;
    const done = Promise.all([...this.#running.values()].map((running) => running.done));
    await Promise.race([done, once(signal, 'abort')]);
  }

  /** Stops. What is not finished is let go of, for another server or the next process. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#stopListening();
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ done }) => done));
    await this.#letGo(running.map(({ task }) => task));
  }

  async #renew() {
    const { store, terms, onError } = this.#options;
    const held = [...this.#running.values()];
    if (this.#renewing || held.length === 0) return;
    this.#renewing = true;
    const heldUntil = this.#elapsed() + terms.lease;
    try {
      const tasks = held.map(({ task }) => task);
      const still = new Set(await store.renewTasks(tasks, terms.lease));
      for (const running of held) {
        if (still.has(running.task.taskId)) running.heldUntil = heldUntil;
        else running.abort.abort();
      }
    } catch (error) {
      onError?.(error);
    }
    this.#renewing = false;
  }

  /** Takes tasks as long as there is room. What comes while it does is looked for afterwards. */
  async #takeTasks() {
    if (this.#taking) {
      this.#taking = 'again';
      return;
    }
    try {
      do {
        this.#taking = 'once';
        while (await this.#takeOne());
      } while ((this.#taking as string) === 'again');
    } catch (error) {
      // Looked for again before long.
      this.#options.onError?.(error);
    }
    this.#taking = false;
  }

  async #takeOne(): Promise<boolean> {
    const { store, terms, concurrency } = this.#options;
    if (this.#closed || this.#running.size + this.#resting >= concurrency) return false;
    const heldUntil = this.#elapsed() + terms.lease;
    const task = await store.takeTask(terms);
    if (!task) return false;
    if (this.#closed) {
      await this.#letGo([task]);
      return false;
    }
    // Its own earlier attempt may still be stopping: that one's file has another name, and it can end nothing any more.
    this.#running.get(task.taskId)?.abort.abort();
    const abort = new AbortController();
    const running: Running = { task, abort, heldUntil, done: Promise.resolve() };
    this.#running.set(task.taskId, running);
    running.done = this.#work(task, abort.signal)
      .catch((error) => this.#options.onError?.(error, task.taskId))
      .then(() => void this.#next(running));
    return true;
  }

  async #work(task: Task, signal: AbortSignal) {
    const { store, files, writeFile, now, onError } = this.#options;
    const name = fileOf(task);
    let changes: Partial<Task>;
    try {
      // What those have left who held it before.
      for (let fence = 1; fence < task.fence; fence++) await files.remove(fileOf({ ...task, fence }));
      changes = { status: 'SUCCESS', ...(await writeFile(task, name, signal)) };
    } catch (error) {
      // It may have got its name at the very moment at which it was stopped. Where nothing can be written, perhaps nothing can be removed.
      await this.#remove(name);
      if (signal.aborted) return;
      onError?.(error, task.taskId);
      // It is done again when the lease is over, here or elsewhere.
      if ((error as { passing?: boolean }).passing) return;
      const reason = error instanceof Error ? error.message : error;
      const failReason = `The file could not be written: ${reason}`;
      changes = { status: 'FAIL', failReason, errorCode: 'WKS.00211401' };
    }
    // Should this fail, nobody knows whether it was stored. The file stays, for whoever takes the task over to remove.
    const ended = await store.updateTask(task, 'CREATING', { endTime: now(task.projectId), ...changes });
    // Deleted or taken over meanwhile: nobody may find the file.
    if (!ended) await this.#remove(name);
  }

  /** Removes a file, now or, failing that, when tasks expire the next time: nobody can find it in any case. */
  async #remove(name: string) {
    try {
      await this.#options.files.remove(name);
      this.#left.delete(name);
    } catch (error) {
      this.#left.add(name);
      this.#options.onError?.(error);
    }
  }

  async #next(over: Running) {
    const { taskId } = over.task;
    if (this.#running.get(taskId) === over) this.#running.delete(taskId);
    this.#resting++;
    await this.#options.rest?.();
    this.#resting--;
    void this.#takeTasks();
  }

  async #letGo(tasks: readonly Hold[]) {
    // Failing that, the lease runs out.
    await this.#options.store.renewTasks(tasks, 0).catch((error) => this.#options.onError?.(error));
  }
}

/** The name of a task's file where files are kept: each taking has its own. That of the download is the reader's business. */
const fileOf = ({ taskId, fence, format }: Task) => `${taskId}.${fence}.${format}`;

/** What such a name looks like: nothing else is ever removed, should somebody keep other things in the same place. */
const ours = /^[0-9a-f]{32}\.\d+\.(?:csv|xlsx)$/;

/** How many tasks that have expired are read at once. */
const expiredAtOnce = 100;

import type { ExportTask } from '@connection-records/types';
import { longest, policyOf, within } from './attempts.ts';
import type { CallOptions, ConnectionRecordsClient, ListTasksOptions } from './client.ts';
import type { DownloadProgress } from './download.ts';
import { ApiError, retryAfterIn, unwrap } from './error.ts';
import { requireId } from './target.ts';
import { lost } from './transport.ts';

/** How an export is coming along. */
export interface ExportProgress {
  /** The task, with which `waitForExport` can go on in another process. */
  taskId: string;
  /** The task as the service tells it; null if its list does not have it, undefined if the service cannot say for the moment. */
  task: ExportTask | null | undefined;
  /** Why the service cannot say for the moment: its ApiError, or what kept its answer from coming. */
  problem?: unknown;
  /** How often the service was asked. */
  polls: number;
  /** Milliseconds since the waiting began; of a job that was resumed, since it was started. */
  elapsedMs: number;
  /** What `resumeExport` needs to go on in another process: a line of text without anything secret. */
  state: string;
  /** How the download is coming along, once it has begun. */
  download?: DownloadProgress | undefined;
}

/** How to wait for an export. */
export interface WaitOptions extends CallOptions {
  /** Told after every poll. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
  /**
   * How long to wait, in milliseconds, 0 or more; half an hour unless given. The last poll is at the end of it. A poll has until then
   * to answer, and 2 seconds at least.
   *
   * @example 10 * 60_000
   */
  timeoutMs?: number | undefined;
  /**
   * How many polls may find no such task before it counts as missing, 1 or more; 5 unless given, half a minute, because a list may lag behind
   * a start. For a task that was started a while ago, 2 do, which is 2 seconds.
   *
   * @example 2
   */
  misses?: number | undefined;
  /** When the waiting began, in milliseconds since 1970. Left out, now. */
  startedAt?: number | undefined;
}

/** An export that brought no file. Its `cause` is what kept the file from coming, where this side knows it. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  /**
   * How it ended: the task failed (`FAIL`), its file is gone (`EXPIRED`), no list of tasks has it (`MISSING`), or it was not done in
   * time (`TIMEOUT`). Or it did not end, but `exportConnectionRecords` did (`INTERRUPTED`): its signal aborted, or the way to the
   * service broke. After the last two the task goes on, and `waitForExport` may wait for it again.
   */
  declare readonly outcome: 'FAIL' | 'EXPIRED' | 'MISSING' | 'TIMEOUT' | 'INTERRUPTED';
  /** The task. */
  declare readonly taskId: string;
  /** Why the task failed, as the service says it. */
  declare readonly fail_reason: string | undefined;
  /** The code of the failure. */
  declare readonly error_code: string | undefined;

  constructor(
    outcome: ExportError['outcome'],
    taskId: string,
    message: string,
    { fail_reason, error_code }: Partial<ExportTask> = {},
    cause?: unknown,
  ) {
    super(`Export ${taskId} ${message}`, cause ? { cause } : {});
    Object.assign(this, { outcome, taskId, fail_reason, error_code });
  }
}

/**
 * Waits until an export is done and resolves to its task, whose status is then `SUCCESS`.
 *
 * Asks at once, then after 2 seconds, and ever less often up to every 30. Where an answer says when to ask again (`Retry-After`), it is
 * then, and that question asks the service to answer as soon as something changes (`Prefer: wait`), which one that offers no such thing is
 * never asked. Too many requests (429), a service that fails (500, 502, 503, 504) and an answer that does not come only make it wait on.
 *
 * @throws TypeError if the task id is none; RangeError if `timeoutMs` is negative or no number, or `misses` below 1; nothing is sent.
 * @throws ExportError if the task failed, its file has expired, five polls (`misses`) did not find it, or the time is up. It has the task id, and
 * after `TIMEOUT` the `cause` is what kept the last poll from telling, if anything.
 * @throws ApiError if the service refuses to tell.
 */
export async function waitForExport(
  client: ConnectionRecordsClient,
  taskId: string,
  options: WaitOptions = {},
): Promise<ExportTask> {
  const { signal, onProgress } = options;
  const timeoutMs = timeoutOf(options);
  requireId('taskId', taskId);
  const { clock } = client;
  const began = clock.now();
  const { startedAt = began, misses = 5 } = options;
  const state = stateOf(client, taskId, startedAt);
  const { attemptTimeoutMs } = policyOf(client.retry, options.retry);
  let waitSeconds = 0;
  for (let polls = 1, delay = 2000, missed = 0; ; polls++, delay = Math.min(delay * 2, 30_000)) {
    const timeToAnswer = Math.max(2000, began + timeoutMs - clock.now());
    const { task, problem, retryAfter } = await poll(client, taskId, timeToAnswer, {
      ...options,
      waitSeconds,
    });
    const waitedMs = clock.now() - began;
    onProgress?.({ taskId, task, problem, polls, elapsedMs: clock.now() - startedAt, state });
    if (task?.status === 'SUCCESS') return task;
    if (task?.status === 'FAIL') {
      const why = [task.error_code, task.fail_reason].filter(Boolean).join(' ') || 'no reason given';
      throw new ExportError('FAIL', taskId, `failed: ${why}`, task);
    }
    if (task?.status === 'EXPIRED')
      throw new ExportError('EXPIRED', taskId, 'has expired. Start it again.', task);
    if (task === null && ++missed >= misses)
      throw new ExportError('MISSING', taskId, 'is in no list of tasks. Check the id and the project.');
    if (waitedMs >= timeoutMs)
      throw new ExportError(
        'TIMEOUT',
        taskId,
        `is not done after ${waitedMs / 1000} s. ${goesOn}`,
        {},
        problem,
      );
    const left = timeoutMs - waitedMs;
    // After a problem, a service that asks for less patience than we have gets ours.
    const pause = Math.max(retryAfter * 1000, problem || !retryAfter ? delay : 0);
    await clock.sleep(Math.min(pause, left), signal);
    // Well within what an attempt may take.
    const mayWaitMs = Math.min(attemptTimeoutMs / 1.5, left - pause);
    waitSeconds = problem || !retryAfter ? 0 : Math.max(0, Math.floor(mayWaitMs / 1000));
  }
}

/** What `resumeExport` needs: the task, where it is, and when it was started. */
export const stateOf = ({ baseUrl, projectId }: ConnectionRecordsClient, taskId: string, startedAt: number) =>
  JSON.stringify({ baseUrl, projectId, taskId, startedAt });

/** How long to wait, once the figures are seen to be right. Asked before anything is sent, since an export that has started had better not fail for it. */
export function timeoutOf({ timeoutMs = 30 * 60_000, misses = 1 }: WaitOptions): number {
  if (!(misses >= 1)) throw new RangeError(`misses must be 1 or more, not ${misses}.`);
  if (timeoutMs >= 0) return Math.min(timeoutMs, longest);
  throw new RangeError(`timeoutMs must be 0 or more, not ${timeoutMs}.`);
}

/** What to do about an export that nobody waits for any more. */
export const goesOn = 'It goes on; wait again with the same id.';

/** What a poll brought: the task, null if no list has it, or the problem that kept the service from telling. */
interface Poll {
  task: ExportTask | null | undefined;
  problem?: unknown;
  /** In how many seconds the service wants to be asked again; 0 unless it says so. */
  retryAfter: number;
}

/** Asks for the task. The answer may be lost or late: the question changes nothing, so it can be asked again. */
async function poll(
  client: ConnectionRecordsClient,
  taskId: string,
  ms: number,
  { signal, retry, waitSeconds }: ListTasksOptions,
): Promise<Poll> {
  // A poll is not repeated by itself: the next one does.
  const once = { ...retry, retries: 0 };
  try {
    return await within(ms, signal, (signal) =>
      findTask(client, taskId, { signal, retry: once, waitSeconds }),
    );
  } catch (problem) {
    signal?.throwIfAborted();
    const refused = problem instanceof ApiError;
    const mayPass = !refused || lost.has(problem) || [429, 500, 503].includes(problem.status);
    if (!mayPass) throw problem;
    return { task: undefined, problem, retryAfter: refused ? problem.retryAfter : 0 };
  }
}

/** The task as its list has it, or null if it is not there (yet). */
async function findTask(
  client: ConnectionRecordsClient,
  task_id: string,
  options: ListTasksOptions,
): Promise<Poll> {
  // The page calls false the default of is_download: left out, it may hide tasks that have been downloaded.
  for (const filters of [{ task_id }, { task_id, is_download: true }]) {
    const result = await client.operations.listExportTasks(filters, options);
    const task = unwrap(result).export_tasks.find((listed) => listed?.task_id === task_id);
    if (task) return { task, retryAfter: retryAfterIn(result.response.headers) };
  }
  return { task: null, retryAfter: 0 };
}

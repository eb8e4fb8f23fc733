import type { ExportFilters, ExportTask } from '@connection-records/types';
import type { CallOptions, ConnectionRecordsClient } from './client.ts';
import { downloadExport, type ExportFile } from './download.ts';
import { ApiError, unwrap } from './error.ts';

/** What to export. Every part may be left out; without any, the export holds the last 30 days. */
export interface ExportRequest extends Omit<ExportFilters, 'start_time' | 'end_time'> {
  /** Records of connections that started at this time or later, within the last 30 days. Text is UTC to the second. */
  start_time?: Date | string | undefined;
  /** Records of connections that started before this time, within the last 30 days. Text is UTC to the second. */
  end_time?: Date | string | undefined;
}

/** How an export is coming along. */
export interface ExportProgress {
  /** The task, with which `waitForExport` can go on in another process. */
  taskId: string;
  /** The task as the service tells it; null if its list does not have it, undefined if the service cannot say for the moment. */
  task: ExportTask | null | undefined;
  /** How often the service was asked. */
  polls: number;
  /** Milliseconds since the waiting began. */
  elapsedMs: number;
}

/** How to wait for an export. */
export interface WaitOptions extends CallOptions {
  /** Told after every poll. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** How long to wait, in milliseconds; half an hour unless given. */
  timeoutMs?: number | undefined;
}

/** An export that brought no file. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  /**
   * How it ended: the task failed (`FAIL`), its file is gone (`EXPIRED`), no list of tasks has it (`MISSING`), or it was not done in
   * time (`TIMEOUT`), in which case it goes on, and `waitForExport` may wait for it again.
   */
  declare readonly outcome: 'FAIL' | 'EXPIRED' | 'MISSING' | 'TIMEOUT';
  /** The task. */
  declare readonly taskId: string;
  /** Why the task failed, as the service says it. */
  declare readonly fail_reason: string | undefined;
  /** The code of the failure. */
  declare readonly error_code: string | undefined;

  constructor(outcome: ExportError['outcome'], taskId: string, message: string, task?: ExportTask) {
    super(`Export ${taskId} ${message}`);
    Object.assign(this, { outcome, taskId, fail_reason: task?.fail_reason, error_code: task?.error_code });
  }
}

/**
 * Starts an export and resolves to the id of its task.
 *
 * Every call starts another export. After a lost answer, look in `client.operations.listExportTasks()` before calling again.
 *
 * @throws RangeError if the window ends before it starts, or the latencies are the wrong way round; nothing is sent.
 * @throws ApiError if the service refuses.
 */
export async function startExport(
  client: ConnectionRecordsClient,
  request: ExportRequest = {},
  options: CallOptions = {},
): Promise<string> {
  const [from, to] = [request.start_time, request.end_time].map(toSeconds);
  const { min_e2e_rtt: least = 0, max_e2e_rtt: most = least } = request;
  if (from && to && from >= to) throw new RangeError(`start_time ${from} is not before end_time ${to}.`);
  if (least > most) throw new RangeError(`min_e2e_rtt ${least} is above max_e2e_rtt ${most}.`);
  const result = await client.operations.exportConnectionRecords(
    { ...request, start_time: from, end_time: to },
    options,
  );
  const { task_id } = unwrap(result);
  if (!task_id) throw new ApiError('exportConnectionRecords', result.response, 'The answer has no task_id.');
  return task_id;
}

/**
 * Waits until an export is done and resolves to its task, whose status is then `SUCCESS`.
 *
 * Asks at once, then after 2 seconds, and ever less often up to every 30. Too many requests (429) and a service that is
 * unavailable for the moment (502, 503, 504) only make it wait on.
 *
 * @throws ExportError if the task failed, its file has expired, five polls did not find it, or the time is up. It has the task id.
 * @throws ApiError if the service refuses to tell.
 */
export async function waitForExport(
  client: ConnectionRecordsClient,
  taskId: string,
  options: WaitOptions = {},
): Promise<ExportTask> {
  const { signal, onProgress, timeoutMs = 30 * 60_000 } = options;
  const began = client.clock.now();
  for (let polls = 1, delay = 2000, misses = 0; ; polls++, delay = Math.min(delay * 2, 30_000)) {
    const task = await findTask(client, taskId, signal);
    const elapsedMs = client.clock.now() - began;
    onProgress?.({ taskId, task, polls, elapsedMs });
    if (task?.status === 'SUCCESS') return task;
    if (task?.status === 'FAIL') {
      const why = [task.error_code, task.fail_reason].filter(Boolean).join(' ') || 'no reason given';
      throw new ExportError('FAIL', taskId, `failed: ${why}`, task);
    }
    if (task?.status === 'EXPIRED')
      throw new ExportError('EXPIRED', taskId, 'has expired. Start it again.', task);
    if (task === null && ++misses === 5)
      throw new ExportError('MISSING', taskId, 'is in no list of tasks. Check the id and the project.');
    if (elapsedMs + delay > timeoutMs) {
      throw new ExportError(
        'TIMEOUT',
        taskId,
        `is not done after ${elapsedMs / 1000} s. It goes on; wait again with the same id.`,
      );
    }
    await client.clock.sleep(delay, signal);
  }
}

/**
 * Exports connection records: starts the export, waits for it, and resolves when its file begins to arrive.
 *
 * @throws RangeError, ApiError and ExportError as {@link startExport}, {@link waitForExport} and {@link downloadExport} do.
 */
export async function exportConnectionRecords(
  client: ConnectionRecordsClient,
  request: ExportRequest = {},
  options: WaitOptions = {},
): Promise<ExportFile> {
  const { signal, onProgress } = options;
  const taskId = await startExport(client, request, { signal });
  onProgress?.({ taskId, task: undefined, polls: 0, elapsedMs: 0 });
  const { file_name } = await waitForExport(client, taskId, options);
  return downloadExport(client, taskId, { signal, fileName: file_name });
}

/** The task as its list has it: null if it is not there (yet), undefined if the service cannot say for the moment. */
async function findTask(client: ConnectionRecordsClient, task_id: string, signal: AbortSignal | undefined) {
  // The page calls false the default of is_download: left out, it may hide tasks that have been downloaded.
  for (const filters of [{ task_id }, { task_id, is_download: true }]) {
    const result = await client.operations.listExportTasks(filters, { signal });
    if (!result.ok && [429, 502, 503, 504].includes(result.error.status)) return undefined;
    const task = unwrap(result).export_tasks.find((listed) => listed.task_id === task_id);
    if (task) return task;
  }
  return null;
}

/** The export takes UTC to the second, where a Date prints milliseconds. */
const toSeconds = (time?: Date | string) =>
  time instanceof Date ? time.toISOString().replace(/\.\d+/, '') : time;

import type { ConnectionRecordsClient } from './client.ts';
import { downloadExport, type ExportFile } from './download.ts';
import { ApiError, isObject, parse } from './error.ts';
import { type ExportRequest, startExport } from './start.ts';
import {
  ExportError,
  type ExportProgress,
  goesOn,
  stateOf,
  timeoutOf,
  type WaitOptions,
  waitForExport,
} from './wait.ts';

/**
 * Exports connection records: starts the export, waits for it, and resolves when its file begins to arrive.
 *
 * Whatever goes wrong once it has started has the task id, so that nothing is lost. `onProgress` is told of the polls, and then of the
 * bytes that arrive.
 *
 * @throws RangeError, ApiError, StartError and ExportError as {@link startExport}, {@link waitForExport} and {@link downloadExport} do.
 * Anything else that ends it after the start, its signal and a broken connection among them, is the `cause` of an ExportError
 * `INTERRUPTED`.
 */
export async function exportConnectionRecords(
  client: ConnectionRecordsClient,
  request: ExportRequest = {},
  options: WaitOptions = {},
): Promise<ExportFile> {
  const { signal, retry } = options;
  timeoutOf(options);
  const startedAt = client.clock.now();
  const taskId = await startExport(client, request, { signal, retry });
  return follow(client, taskId, { ...options, startedAt });
}

/**
 * Goes on with a job of {@link exportConnectionRecords} in another process: waits for its export, and resolves when its file begins to
 * arrive. (With nothing but the id of a task, call {@link waitForExport} and {@link downloadExport}.)
 *
 * @param state The `state` that `onProgress` was told. There is nothing secret in it.
 * @throws TypeError if the state is none, or the one of another project or server than the client's; nothing is sent.
 * @throws ApiError and ExportError as {@link exportConnectionRecords} does.
 */
export async function resumeExport(
  client: ConnectionRecordsClient,
  state: string,
  options: WaitOptions = {},
): Promise<ExportFile> {
  const job = parse(state);
  if (!isObject(job) || typeof job.taskId !== 'string' || typeof job.startedAt !== 'number')
    throw new TypeError('This is not the state of an export. Give the text that onProgress was told.');
  for (const name of ['baseUrl', 'projectId'] as const)
    if (job[name] !== client[name])
      throw new TypeError(`The state is of ${name} ${job[name]}, and the client of ${client[name]}.`);
  timeoutOf(options);
  return follow(client, job.taskId, { ...options, startedAt: job.startedAt });
}

async function follow(
  client: ConnectionRecordsClient,
  taskId: string,
  options: WaitOptions & { startedAt: number },
): Promise<ExportFile> {
  const { signal, retry, onProgress, startedAt } = options;
  const state = stateOf(client, taskId, startedAt);
  const elapsedMs = () => client.clock.now() - startedAt;
  let last: ExportProgress = { taskId, task: undefined, polls: 0, elapsedMs: elapsedMs(), state };
  const tell = (progress: ExportProgress) => {
    last = progress;
    onProgress?.(progress);
  };
  try {
    tell(last);
    const { file_name } = await waitForExport(client, taskId, { ...options, onProgress: tell });
    return await downloadExport(client, taskId, {
      signal,
      retry,
      fileName: file_name,
      onProgress: onProgress && ((download) => onProgress({ ...last, elapsedMs: elapsedMs(), download })),
    });
  } catch (cause) {
    if (cause instanceof ExportError) throw cause;
    if (cause instanceof ApiError) throw Object.assign(cause, { taskId });
    throw new ExportError('INTERRUPTED', taskId, `is not done. ${goesOn}`, {}, cause);
  }
}

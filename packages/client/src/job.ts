import type { ExportFilters } from '@connection-records/types';
import type { CallOptions, ConnectionRecordsClient, Loose } from './client.ts';
import { downloadExport, type ExportFile } from './download.ts';
import { ApiError, unwrap } from './error.ts';
import { ExportError, goesOn, timeoutOf, type WaitOptions, waitForExport } from './wait.ts';

/** What to export. Every part may be left out; without any, the export holds the last 30 days. */
export interface ExportRequest extends Loose<Omit<ExportFilters, 'start_time' | 'end_time'>> {
  /**
   * Records of connections that started at this time or later, within the last 30 days. Text is UTC to the second, as in
   * `2026-02-01T00:00:00Z`; a Date is rounded down to it.
   */
  start_time?: Date | string | undefined;
  /** Records of connections that started before this time, within the last 30 days. A Date is rounded up to the second. */
  end_time?: Date | string | undefined;
}

/**
 * Starts an export and resolves to the id of its task.
 *
 * Every call starts another export. After a lost answer, look in `client.operations.listExportTasks()` before calling again.
 *
 * @throws RangeError if a time is none, the window ends before it starts, or the latencies are the wrong way round; nothing is sent.
 * @throws ApiError if the service refuses.
 */
export async function startExport(
  client: ConnectionRecordsClient,
  request: ExportRequest = {},
  options: CallOptions = {},
): Promise<string> {
  const start_time = toSeconds('start_time', request.start_time, Math.floor);
  const end_time = toSeconds('end_time', request.end_time, Math.ceil);
  const { min_e2e_rtt: least = Number.NaN, max_e2e_rtt: most = Number.NaN } = request;
  if (start_time && end_time && start_time >= end_time)
    throw new RangeError(`start_time ${start_time} is not before end_time ${end_time}.`);
  if (least > most) throw new RangeError(`min_e2e_rtt ${least} is above max_e2e_rtt ${most}.`);
  const filters = { ...request, start_time, end_time };
  return unwrap(await client.operations.exportConnectionRecords(filters, options)).task_id;
}

/**
 * Exports connection records: starts the export, waits for it, and resolves when its file begins to arrive.
 *
 * Whatever goes wrong once it has started has the task id, so that nothing is lost.
 *
 * @throws RangeError, ApiError and ExportError as {@link startExport}, {@link waitForExport} and {@link downloadExport} do. Anything else
 * that ends it after the start, its signal and a broken connection among them, is the `cause` of an ExportError `INTERRUPTED`.
 */
export async function exportConnectionRecords(
  client: ConnectionRecordsClient,
  request: ExportRequest = {},
  options: WaitOptions = {},
): Promise<ExportFile> {
  const { signal, onProgress } = options;
  timeoutOf(options);
  const taskId = await startExport(client, request, { signal });
  try {
    onProgress?.({ taskId, task: undefined, polls: 0, elapsedMs: 0 });
    const { file_name } = await waitForExport(client, taskId, options);
    return await downloadExport(client, taskId, { signal, fileName: file_name });
  } catch (cause) {
    if (cause instanceof ExportError) throw cause;
    if (cause instanceof ApiError) throw Object.assign(cause, { taskId });
    throw new ExportError('INTERRUPTED', taskId, `is not done. ${goesOn}`, {}, cause);
  }
}

/** The export takes UTC to the second, where a Date has milliseconds. */
function toSeconds(name: string, time: Date | string | undefined, round: (n: number) => number) {
  if (time === undefined) return undefined;
  let text = `${time}`;
  if (time instanceof Date && text !== 'Invalid Date')
    text = new Date(round(+time / 1000) * 1000).toISOString().replace('.000', '');
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return text;
  throw new RangeError(`${name} must be a Date, or UTC like 2026-02-01T00:00:00Z, not "${text}".`);
}

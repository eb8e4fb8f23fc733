import type { ExportFilters, ExportTask } from '@connection-records/types';
import { policyOf } from './attempts.ts';
import type { CallOptions, ConnectionRecordsClient, Loose } from './client.ts';
import { unwrap } from './error.ts';
import { lost, type RetryEvent } from './transport.ts';

/** What to export. Every part may be left out; without any, the export holds the last 30 days. */
export interface ExportRequest extends Loose<Omit<ExportFilters, 'start_time' | 'end_time'>> {
  /**
   * Records of connections that started at this time or later, within the last 30 days. Text is UTC to the second, as in
   * `2026-02-01T00:00:00Z`; a Date is rounded down to it. Left out, 30 days ago (inferred).
   *
   * @example new Date(Date.now() - 7 * 86_400_000)
   */
  start_time?: Date | string | undefined;
  /**
   * Records of connections that started before this time, within the last 30 days. Text is UTC to the second; a Date is rounded up to it.
   * Left out, now (inferred).
   *
   * @example '2026-02-08T00:00:00Z'
   */
  end_time?: Date | string | undefined;
}

/** Nobody can say whether an export started: the answer was lost, and the list of tasks does not tell. Its `cause` is what lost it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  /** The tasks that were created since, one of which may be the export; other exports of the project are among them. */
  declare readonly candidates: ExportTask[];

  constructor(seen: string, candidates: ExportTask[], cause: unknown) {
    super(`The answer to the start was lost, and ${seen}. Look before you start again.`, { cause });
    this.candidates = candidates;
  }
}

/**
 * Starts an export and resolves to the id of its task.
 *
 * Every call starts another export, so a lost answer is not simply asked for again. The list of tasks is looked at three times in 7
 * seconds: the one task that was created since (and that this client did not start otherwise) is taken for the export. If there is none, and
 * the answer was not merely late, the export is started again, as often as `retry.retries` says. `onRetry` is told of each step.
 *
 * @throws RangeError if a time is none, the window ends before it starts, or the latencies are the wrong way round; nothing is sent.
 * @throws ApiError if the service refuses.
 * @throws StartError if the answer was lost and the list does not tell what became of the export.
 */
export async function startExport(
  client: ConnectionRecordsClient,
  request: ExportRequest = {},
  options: CallOptions = {},
): Promise<string> {
  const start_time = toSeconds('start_time', request.start_time, Math.floor);
  const end_time = toSeconds('end_time', request.end_time, Math.ceil);
  const { min_e2e_rtt: least, max_e2e_rtt: most } = request;
  if (start_time && end_time && start_time >= end_time)
    throw new RangeError(`start_time ${start_time} is not before end_time ${end_time}.`);
  // Nothing is above what is left out.
  if (least! > most!) throw new RangeError(`min_e2e_rtt ${least} is above max_e2e_rtt ${most}.`);
  const filters = { ...request, start_time, end_time };
  const { clock, retry, onRetry } = client;
  const { signal } = options;
  const starts = startsOf(client);

  for (let attempt = 1; ; attempt++) {
    const began = clock.now();
    const starting = unwrap(client.operations.exportConnectionRecords(filters, options));
    starts.push(starting.then(({ task_id }) => task_id).catch(() => undefined));
    try {
      return (await starting).task_id;
    } catch (problem) {
      signal?.throwIfAborted();
      if (!lost.has(Object(problem))) throw problem;
      const tell = (action: RetryEvent['action'], pauseMs = 0, taskId?: string) =>
        onRetry?.({ operationId: 'exportConnectionRecords', attempt, problem, action, pauseMs, taskId });
      for (let pauseMs = 1000; pauseMs < 8000; pauseMs *= 2) {
        tell('look', pauseMs);
        await clock.sleep(pauseMs, signal);
        const created = await tasksSince(client, began, options, problem);
        const ours = await Promise.all(starts);
        const others = created.filter(({ task_id }) => !ours.includes(task_id));
        const [{ task_id } = {}] = others;
        if (!task_id) continue;
        if (others.length > 1)
          throw new StartError(`${others.length} tasks were created since`, others, problem);
        starts.push(Promise.resolve(task_id));
        tell('adopt', 0, task_id);
        return task_id;
      }
      // A service that is late, or that a gateway waits for, may still create it.
      const mayCome = /^(TimeoutError|ApiError)$/.test((problem as Error).name);
      if (mayCome || attempt > policyOf(retry, options.retry).retries)
        throw new StartError('no task was created since', [], problem);
      tell('start');
    }
  }
}

/** What a client has started lately, and what it is starting: lest a task of one start be taken for the one of another. */
const startsOfClients = new WeakMap<ConnectionRecordsClient, Promise<string | undefined>[]>();
function startsOf(client: ConnectionRecordsClient) {
  const starts = startsOfClients.get(client) ?? [];
  startsOfClients.set(client, starts);
  starts.splice(0, starts.length - 100);
  return starts;
}

/** The tasks that were created since a time of our clock, which the answer's `Date` translates into the service's. */
async function tasksSince(
  { operations, clock }: ConnectionRecordsClient,
  began: number,
  options: CallOptions,
  problem: unknown,
): Promise<ExportTask[]> {
  const newest = { sort_field: 'create_time', sort_type: 'DESC', limit: 100 } as const;
  const result = await operations.listExportTasks(newest, options).catch(() => undefined);
  options.signal?.throwIfAborted();
  // An answer's Date is never later than the service's clock when it arrives: what is as new as the start cannot be missed.
  const ahead = Date.parse(result?.response.headers.get('Date') ?? '') - clock.now();
  if (!result?.ok || Number.isNaN(ahead))
    throw new StartError('the list of tasks does not tell', [], problem);
  return result.data.export_tasks.filter((task) => timeOf(task) >= began + ahead);
}

/** When a task was created. The vendor's pattern leaves open whether an offset has a colon. */
const timeOf = ({ create_time = '' }: ExportTask) =>
  Date.parse(create_time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

/** The export takes UTC to the second, where a Date has milliseconds. */
function toSeconds(name: string, time: Date | string | undefined, round: (n: number) => number) {
  if (time === undefined) return undefined;
  let text = `${time}`;
  if (time instanceof Date && text !== 'Invalid Date')
    text = new Date(round(+time / 1000) * 1000).toISOString().replace('.000', '');
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return text;
  throw new RangeError(`${name} must be a Date, or UTC like 2026-02-01T00:00:00Z, not "${text}".`);
}

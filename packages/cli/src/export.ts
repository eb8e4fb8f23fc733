import { type ExportRequest, type Language, startExport } from '@connection-records/client';
import { type Collected, checkDestination, collect, type Destination } from './collect.ts';
import { type CommonOptions, type Context, printOutcome } from './context.ts';
import { explain } from './explain.ts';
import { type Failure, UsageError } from './failure.ts';
import { startProgress } from './progress.ts';
import { connect, type ServiceOptions, sameService } from './service.ts';
import { windowOf } from './times.ts';
import { countOf, quoted, sizeInWords } from './words.ts';

/** What records may be narrowed by, both in an export and in a list. */
export interface RecordOptions {
  from?: string;
  to?: string;
  user?: string;
  computer?: string;
  terminal?: string;
  publicIp?: string;
  enterpriseProject?: string;
  minRtt?: number;
  maxRtt?: number;
}

export interface ExportOptions extends ServiceOptions, CommonOptions, RecordOptions, Destination {
  domain?: string;
  language?: Language;
  resume?: string;
  /** How long to wait for the export, in milliseconds. */
  timeout?: number;
}

/** The whole job: starts an export or picks one up, waits for it, and brings its file. */
export async function exportRecords(options: ExportOptions, context: Context): Promise<void> {
  const request = requestOf(options, context.clock.now());
  await checkDestination(options, context);
  let taskId = options.resume;
  const progress = await startProgress(context, options.quiet);
  try {
    const client = await connect(options, context, { onRetry: progress.retry });
    if (!taskId) {
      progress.step('Starting the export');
      taskId = await startExport(client, request, { signal: context.signal });
    }
    progress.say(`Export ${taskId}`);
    // No list lags so far behind that it does not have yet what is picked up: nobody need wait long to hear of a slip of the pen.
    const wait = { timeoutMs: options.timeout, misses: options.resume ? 2 : undefined };
    const collected = await collect(client, taskId, { ...options, ...wait }, progress, context);
    printCollected(collected, options, context);
  } catch (error) {
    throw withWayBack(explain(error, context.signal, taskId), options);
  } finally {
    progress.stop();
  }
}

/** Says what has arrived, where there is room for it: standard output may have the file itself. */
export function printCollected(
  collected: Collected,
  options: CommonOptions & Destination,
  context: Context,
): void {
  const { rows, bytes, path } = collected;
  const parts = [rows === null ? undefined : countOf(rows, 'record'), sizeInWords(bytes), path];
  const text = parts.filter(Boolean).join(', ');
  if (options.out === '-') {
    if (!options.quiet) context.stderr.write(`${text}\n`);
  } else printOutcome(context, options, collected, text);
}

/** A failure after which the export goes on, or its file is still there, with the command that picks it up. */
function withWayBack(failure: Failure, options: ExportOptions): Failure {
  const { taskId, code } = failure;
  if (taskId && !/^EXPORT_(FAIL|EXPIRED|MISSING)$/.test(code))
    failure.resume = resumeCommand(taskId, options);
  // The answer to its start may have been on its way.
  else if (code === 'INTERRUPTED') failure.resume = 'connection-records tasks list';
  return failure;
}

export function resumeCommand(taskId: string, options: ServiceOptions & Destination): string {
  const { out, format } = options;
  const words = ['--resume', taskId];
  if (out) words.push('--out', out);
  if (format) words.push('--format', format);
  return ['connection-records export', ...[...words, ...sameService(options)].map(quoted)].join(' ');
}

/**
 * What to ask the service for.
 *
 * @throws UsageError if it cannot be right.
 */
function requestOf(options: ExportOptions, now: number): ExportRequest {
  const { user, computer, terminal, publicIp, enterpriseProject, minRtt, maxRtt, domain, language } = options;
  const { from, to } = windowOf(options, now);
  const request: ExportRequest = {
    start_time: from,
    end_time: to,
    user_name: user,
    computer_name: computer,
    terminal_type: terminal,
    public_ip: publicIp,
    enterprise_project_id: enterpriseProject,
    min_e2e_rtt: minRtt,
    max_e2e_rtt: maxRtt,
    domain,
    language,
  };
  checkLatencies(options);
  const given = Object.values(request).some((value) => value !== undefined);
  if (options.resume !== undefined && given)
    throw new UsageError(
      '--resume goes on with an export whose records have been chosen already.',
      'Leave out the options that choose records, or --resume.',
    );
  if (options.out === '-' && options.json)
    throw new UsageError(
      '--json and --out - both want standard output.',
      'Give a file to --out, or leave out --json.',
    );
  return request;
}

export function checkLatencies({ minRtt, maxRtt }: RecordOptions): void {
  if (minRtt !== undefined && maxRtt !== undefined && minRtt > maxRtt)
    throw new UsageError(`--min-rtt ${minRtt} is above --max-rtt ${maxRtt}.`);
}

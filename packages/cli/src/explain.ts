import { ApiError, DownloadError, ExportError, StartError } from '@connection-records/client';
import { ReadError } from '@connection-records/client/read';
import { exitCodes, Failure, Interrupted, UsageError } from './failure.ts';

const { authentication, failed, interrupted, usage } = exitCodes;

/** The permission that each operation takes, as the vendor's pages name it. */
const permissions: Record<string, string | undefined> = {
  listConnectionRecords: 'workspace:connections:securityList',
  listExportTasks: 'workspace:tenants:listExportTasks',
  downloadExportFile: 'workspace:tenants:exportData',
  deleteExportTasks: 'workspace:tenants:deleteExportTasks',
};

/**
 * What went wrong, as a person is told it, with what to do next.
 *
 * @param signal What an interruption broke may look like anything: once this has aborted, nothing else is to blame.
 * @param taskId The task that it is about, if the error does not say.
 */
export function explain(error: unknown, signal: AbortSignal, taskId?: string): Failure {
  const isOurs = error instanceof Failure;
  const failure = failureOf(signal.aborted && !isOurs ? new Interrupted() : error);
  failure.taskId ??= taskId ?? taskOf(error);
  return failure;
}

const taskOf = (error: unknown) =>
  typeof error === 'object' && error && 'taskId' in error && typeof error.taskId === 'string'
    ? error.taskId
    : undefined;

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Interrupted) return new Failure('INTERRUPTED', 'Interrupted.', undefined, interrupted);
  if (error instanceof ExportError) return ofExport(error);
  if (error instanceof ApiError) return ofService(error);
  if (error instanceof StartError) {
    const ids = error.candidates.map(({ task_id }) => task_id).join(', ');
    const which = ids ? ` It may be one of ${ids}.` : '';
    return new Failure(
      'START_UNKNOWN',
      `${error.message}${which}`,
      'Look with: connection-records tasks list',
    );
  }
  if (error instanceof DownloadError) return new Failure(`DOWNLOAD_${error.outcome}`, error.message);
  if (error instanceof ReadError)
    return new Failure('UNREADABLE', error.message, 'Without --format, the file is kept as it comes.');
  if (error instanceof RangeError) return new UsageError(error.message);
  return ofSystem(error);
}

function ofExport({ outcome, taskId, message, cause }: ExportError): Failure {
  const advice = {
    FAIL: 'Start the export again; if it fails again, give the vendor the id of the task.',
    EXPIRED: 'Start the export again: the service keeps a file for a while only.',
    MISSING: 'See which there are: connection-records tasks list',
    TIMEOUT: undefined,
    INTERRUPTED: undefined,
  }[outcome];
  // The client speaks to a program; a person reads it in other words.
  const text =
    outcome === 'TIMEOUT'
      ? `Export ${taskId} is not done yet${cause instanceof Error ? `: ${cause.message}` : '.'}`
      : outcome === 'EXPIRED'
        ? `The file of export ${taskId} has expired.`
        : message;
  return new Failure(`EXPORT_${outcome}`, text, advice);
}

function ofService(error: ApiError): Failure {
  const { status, code, reason, requestId, operationId, lookFirstAt } = error;
  const quote = requestId ? ` (request ${requestId})` : '';
  const said = `${reason ?? `HTTP ${status}`} [${code}]${quote}`;
  const make = (message: string, advice: string, exitCode: number = failed) =>
    new Failure(code, message, advice, exitCode);
  if (status === 401) {
    const advice = lookFirstAt ? signatureAdvice[lookFirstAt] : tokenAdvice(code);
    return make(`The service does not accept the credentials: ${said}`, advice, authentication);
  }
  if (status === 403) {
    const permission = permissions[operationId];
    const ask = permission ? ` Ask for the permission ${permission}.` : '';
    return make(
      `The service does not allow this: ${said}`,
      `Check the project (--project-id) and the region.${ask}`,
      authentication,
    );
  }
  if (status === 429) return make(`Too many requests: ${said}`, 'Wait a minute, and try again.');
  if (status === 400) return make(`The service refuses the request: ${said}`, 'Change what it names.', usage);
  if (status >= 500) return make(`The service is out of order: ${said}`, 'Try again later.');
  const advice =
    operationId === 'downloadExportFile'
      ? 'See which there are: connection-records tasks list'
      : 'Check --region, --base-url and --project-id, or run: connection-records doctor';
  return make(`The service answers: ${said}`, advice);
}

const signatureAdvice = {
  clock:
    'Set the clock of this machine: it may be 15 minutes off at most. Check it with: connection-records doctor',
  key: 'Check the access key and its secret: connection-records configure. Five failures in a row lock a key for five minutes.',
  project: 'Check the project id (--project-id): it belongs to one region.',
  host: 'Check --region or --base-url, and whether a proxy changes requests on their way.',
};

const tokenAdvice = (code: string) =>
  code === 'APIGW.0307'
    ? 'Get a new token: one lasts 24 hours, and in its own region only.'
    : 'Check the token or the key: connection-records doctor';

/** What a connection that cannot be made comes to, by the code of the system. */
const unreachable: Record<string, string | undefined> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_SOCKET: 'the connection was cut',
};

/** Why a service cannot be reached; undefined if that is not what went wrong. */
export function whyUnreachable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'TimeoutError') return 'it does not answer in time';
  const { cause } = error;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = String((inner as NodeJS.ErrnoException | undefined)?.code ?? '');
  if (unreachable[code]) return unreachable[code];
  if (/CERT|SIGNATURE|TLS|SSL/.test(code)) return `its certificate is not accepted (${code})`;
  return error.message === 'fetch failed' ? code || (inner as Error | undefined)?.message : undefined;
}

function ofSystem(error: unknown): Failure {
  const why = whyUnreachable(error);
  if (why)
    return new Failure(
      'UNREACHABLE',
      `The service cannot be reached: ${why}.`,
      'Check --region or --base-url and the network, or run: connection-records doctor',
    );
  const { code, path, message } = error as NodeJS.ErrnoException;
  const reason =
    code &&
    {
      EACCES: 'it is not allowed',
      EPERM: 'it is not allowed',
      ENOSPC: 'the disk is full',
      EROFS: 'the disk is read-only',
      ENOENT: 'there is no such place',
      EISDIR: 'it is a folder',
    }[code];
  if (reason)
    return new Failure(
      code,
      `${path ?? 'The file'} cannot be read or written: ${reason}.`,
      'Check the path and who may use it.',
    );
  const text = error instanceof Error ? message : String(error);
  return new Failure(
    'UNEXPECTED',
    text,
    'This may be a defect of the command. Please report it with this message.',
  );
}

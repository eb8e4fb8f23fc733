import type {
  ConnectionRecordFilters,
  ConnectionRecordList,
  ExportFilters,
  ExportStarted,
  ExportTaskFilters,
  ExportTaskList,
  OperationId,
  paths,
} from '@connection-records/types';
import type { RetryOptions } from './attempts.ts';
import type { Credentials } from './credentials.ts';
import { ApiError, isErrorBody, isObject, parse, type Result } from './error.ts';
import type { Proof } from './signature-help.ts';
import { readTarget, requireId, type Target } from './target.ts';
import { type Call, createTransport, type Hooks } from './transport.ts';

/** How to create a client. */
export type ClientOptions = Target &
  Hooks & {
    /**
     * Id of the project that owns the desktops, usually 32 hexadecimal digits.
     *
     * @example '0123456789abcdef0123456789abcdef'
     */
    projectId: string;
    /** Who calls: `token(…)` or `akSk(…)`. */
    credentials: Credentials;
    /** Sends the requests. Left out, the `fetch` of the runtime. */
    fetch?: ((request: Request) => Promise<Response>) | undefined;
    /** How often and how long what is safe to repeat is tried. Left out, 4 repetitions within a minute, of 30 seconds each. */
    retry?: RetryOptions | undefined;
    /** Tells and passes the time. Left out, the clock of the runtime. */
    clock?: Clock | undefined;
    /** A number from 0 up to 1, for the pauses between repetitions. Left out, `Math.random`. */
    random?: (() => number) | undefined;
  };

/** Tells and passes the time, so that a test need not wait. */
export interface Clock {
  /** The time, in milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Fields that may be left out, or be undefined, also where the compiler tells the two apart (`exactOptionalPropertyTypes`). */
export type Loose<T> = { [Field in keyof T]?: T[Field] | undefined };

/** How to make one call. */
export interface CallOptions {
  /** Ends the call. Its promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Other figures than the client's for this call. */
  retry?: RetryOptions | undefined;
}

/** How to list export tasks. */
export interface ListTasksOptions extends CallOptions {
  /**
   * For how many seconds, 1 to 30, a server may keep its answer back until a listed task changes: it is sent as `Prefer: wait=10`, an
   * extra of this project's server. Another answers at once.
   */
  waitSeconds?: number | undefined;
}

/** Which part of a file to get. */
export interface DownloadPartOptions extends CallOptions {
  /** Leaves out so many bytes from the beginning (`Range`), if the file has still this entity tag (`If-Range`). The service may send all the same. */
  part?: { from: number; etag: string } | undefined;
}

/**
 * The operations of the API, by their names in the contract. Each resolves to a {@link Result}, whatever the service
 * answered; it rejects only if there was no answer.
 */
export interface Operations {
  /** Starts an export. Each call starts another one, so do not repeat it blindly: `startExport` is the function to use. */
  exportConnectionRecords(
    filters?: Loose<ExportFilters>,
    options?: CallOptions,
  ): Promise<Result<ExportStarted>>;
  /** Lists export tasks, 20 to a page unless asked otherwise. */
  listExportTasks(
    filters?: Loose<ExportTaskFilters>,
    options?: ListTasksOptions,
  ): Promise<Result<ExportTaskList>>;
  /** Gets the file of a task, as a stream. `downloadExport` also finds out its name and its type. */
  downloadExportFile(
    taskId: string,
    options?: DownloadPartOptions,
  ): Promise<Result<ReadableStream<Uint8Array>>>;
  /** Deletes 1 to 200 tasks and their files. */
  deleteExportTasks(taskIds: string[], options?: CallOptions): Promise<Result<undefined>>;
  /** Lists connection records, 20 to a page unless asked otherwise. Mind that its times are to the minute. */
  listConnectionRecords(
    filters?: Loose<ConnectionRecordFilters>,
    options?: CallOptions,
  ): Promise<Result<ConnectionRecordList>>;
}

/** A client of the API for one project. */
export interface ConnectionRecordsClient {
  readonly baseUrl: string;
  readonly projectId: string;
  readonly operations: Operations;
  readonly clock: Clock;
  readonly random: () => number;
  readonly retry: RetryOptions | undefined;
  readonly onRetry: Hooks['onRetry'];
}

/**
 * Creates a client. Nothing is sent yet.
 *
 * @throws TypeError if an option is missing or cannot be right. The message says what to give instead.
 */
export function createClient(options: ClientOptions): ConnectionRecordsClient {
  const { projectId, credentials, clock = systemClock, random = Math.random, retry } = options;
  const baseUrl = readTarget(options);
  requireId('projectId', projectId);
  if (typeof credentials?.authenticate !== 'function')
    throw new TypeError('credentials are missing. Give token(…) or akSk({ ak, sk }).');

  const transport = createTransport({ ...options, origin: new URL(baseUrl).origin, clock, random });
  const root = baseUrl.replace(/\/$/, '');
  const urlOf = (path: keyof paths, query: object = {}, taskId = '') => {
    const filled = path
      .replace('{project_id}', encodeURIComponent(projectId))
      .replace('{task_id}', encodeURIComponent(taskId));
    const pairs = Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map((pair) => pair.map(encodeURIComponent).join('='));
    return root + filled + (pairs.length ? `?${pairs.join('&')}` : '');
  };
  /** Calls an operation that succeeds with JSON in which there is what was promised, or one whose success says nothing. */
  const json = <T>(
    operationId: OperationId,
    url: string,
    options: CallOptions | undefined,
    promised?: 'task_id' | 'export_tasks' | 'records',
    more?: Partial<Call>,
  ) => {
    const read = async (response: Response, proof?: Proof): Promise<Result<T>> => {
      const body = parse(await response.text());
      const found = promised && isObject(body) && body[promised];
      const isRight = promised === 'task_id' ? found && found === `${found}` : Array.isArray(found);
      if (!response.ok || isErrorBody(body) || (promised && !isRight))
        return failure(operationId, response, body, proof);
      return { ok: true, data: (promised && body) as T, response };
    };
    return transport({ operationId, url, ...more }, read, options);
  };
  const mayRepeat = true;

  const operations: Operations = {
    exportConnectionRecords: (query, options) =>
      json(
        'exportConnectionRecords',
        urlOf('/v3/{project_id}/desktops/connections/export', query),
        options,
        'task_id',
      ),
    listExportTasks: (query, options) => {
      const seconds = options?.waitSeconds;
      const url = urlOf('/v2/{project_id}/export-tasks', query);
      const headers: Record<string, string> = seconds ? { Prefer: `wait=${seconds}` } : {};
      return json('listExportTasks', url, options, 'export_tasks', { headers, mayRepeat });
    },
    downloadExportFile: async (task_id, options) => {
      requireId('taskId', task_id);
      const part = options?.part;
      const url = urlOf('/v2/{project_id}/export-tasks/{task_id}/download', {}, task_id);
      const headers: Record<string, string> = part
        ? { Range: `bytes=${part.from}-`, 'If-Range': part.etag }
        : {};
      const operationId = 'downloadExportFile';
      const read = async (response: Response, proof?: Proof) =>
        response.ok
          ? { ok: true as const, data: response.body ?? new Blob().stream(), response }
          : failure(operationId, response, parse(await response.text()), proof);
      return transport({ operationId, url, headers, isStream: true, mayRepeat }, read, options);
    },
    deleteExportTasks: (task_ids, options) => {
      const url = urlOf('/v2/{project_id}/export-tasks/batch-delete');
      const headers = { 'Content-Type': 'application/json;charset=UTF-8' };
      const body = JSON.stringify({ task_ids });
      return json('deleteExportTasks', url, options, undefined, { method: 'POST', headers, body });
    },
    listConnectionRecords: (query, options) => {
      const url = urlOf('/v2/{project_id}/connections/desktops', query);
      return json('listConnectionRecords', url, options, 'records', { mayRepeat });
    },
  };
  return { baseUrl, projectId, operations, clock, random, retry, onRetry: options.onRetry };
}

const failure = (
  operationId: OperationId,
  response: Response,
  body: unknown,
  proof?: Proof,
): Result<never> => ({
  ok: false,
  error: new ApiError(operationId, response, body || undefined, proof),
  response,
});

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        signal?.aborted ? reject(signal.reason) : resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
    }),
};

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
import { createFinalURL } from 'openapi-fetch';
import { type RetryOptions, sleep } from './attempts.ts';
import type { Credentials } from './credentials.ts';
import type { Result } from './error.ts';
import { readTarget, requireId, type Target } from './target.ts';
import { type Answer, type Call, createTransport, type Hooks } from './transport.ts';

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
    /**
     * Sends the requests. Left out, the `fetch` of the runtime; in Node, `keepAlive` of `@connection-records/client/node` takes less time.
     *
     * @example keepAlive
     */
    fetch?: ((request: Request) => Promise<Answer>) | undefined;
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
   *
   * @example 10
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
  const { projectId, credentials, clock = systemClock, random = Math.random, retry, onRetry } = options;
  const baseUrl = readTarget(options);
  requireId('projectId', projectId);
  if (!credentials?.authenticate)
    throw new TypeError('credentials are missing. Give token(…) or akSk({ ak, sk }).');

  const { origin, href } = new URL(baseUrl);
  const call = createTransport({ ...options, origin, clock, random });
  /** A call of an operation with GET, unless `more` says otherwise. */
  const operation = (
    operationId: OperationId,
    path: keyof paths,
    brings?: Call['brings'],
    mayRepeat = !!brings,
  ) => {
    const ofProject = href.replace(/\/?$/, path).replace('{project_id}', encodeURIComponent(projectId));
    return <T>(
      query?: object,
      options?: CallOptions,
      more?: Partial<Call>,
      taskId = '',
    ): Promise<Result<T>> => {
      const pathname = ofProject.replace('{task_id}', encodeURIComponent(taskId));
      const url = createFinalURL(pathname, { baseUrl: '', params: { query }, querySerializer } as Parts);
      return call({ operationId, url, brings, mayRepeat, ...more }, options);
    };
  };
  const list = operation('listExportTasks', '/v2/{project_id}/export-tasks', 'export_tasks');
  const download = operation(
    'downloadExportFile',
    '/v2/{project_id}/export-tasks/{task_id}/download',
    'stream',
  );
  const remove = operation('deleteExportTasks', '/v2/{project_id}/export-tasks/batch-delete');

  const operations: Operations = {
    exportConnectionRecords: operation(
      'exportConnectionRecords',
      '/v3/{project_id}/desktops/connections/export',
      'task_id',
      false,
    ),
    listExportTasks: (query, options) => {
      const seconds = options?.waitSeconds;
      return list(query, options, seconds ? { headers: { Prefer: `wait=${seconds}` } } : {});
    },
    downloadExportFile: async (taskId, options) => {
      requireId('taskId', taskId);
      const part = options?.part;
      const headers = part && {
        Range: `bytes=${part.from}-`,
        'If-Range': part.etag,
      };
      return download({}, options, headers && { headers }, taskId);
    },
    deleteExportTasks: (task_ids, options) =>
      remove({}, options, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json;charset=UTF-8' },
        body: JSON.stringify({ task_ids }),
      }),
    listConnectionRecords: operation(
      'listConnectionRecords',
      '/v2/{project_id}/connections/desktops',
      'records',
    ),
  };
  return { baseUrl, projectId, operations, clock, random, retry, onRetry };
}

/** Its parts but `pathSerializer`, which would fill in the path by a regular expression, anew for every call. */
type Parts = Parameters<typeof createFinalURL>[1];

/** The query of this API has nothing but texts, numbers, true and false in it, each to be encoded. */
const querySerializer = (query: Record<string, unknown>) =>
  Object.entries(query)
    .filter(([, value]) => value != null)
    .map(([name, value]) => `${name}=${encodeURIComponent(`${value}`)}`)
    .join('&');

const systemClock: Clock = { now: () => Date.now(), sleep };

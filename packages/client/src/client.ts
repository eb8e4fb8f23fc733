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
import { createFinalURL, createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
import type { Credentials } from './credentials.ts';
import { ApiError, isErrorBody, isObject, parse, type Result } from './error.ts';

/** Where the service is: a region of the public cloud, or the address of another server of this API. */
export type Target =
  | {
      /** Id of a region, such as `cn-north-4`. The service is called at `https://workspace.<region>.myhuaweicloud.com`. */
      region: string;
      baseUrl?: undefined;
    }
  | {
      /** Address of a server, such as `http://127.0.0.1:4010`. It may have a path, to which those of the API are added. */
      baseUrl: string;
      region?: undefined;
    };

/** How to create a client. */
export type ClientOptions = Target & {
  /** Id of the project that owns the desktops, usually 32 hexadecimal digits. */
  projectId: string;
  /** Who calls: `token(…)` or `akSk(…)`. */
  credentials: Credentials;
  /** Sends the requests. Left out, the `fetch` of the runtime. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Tells and passes the time. Left out, the clock of the runtime. */
  clock?: Clock | undefined;
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
  listExportTasks(filters?: Loose<ExportTaskFilters>, options?: CallOptions): Promise<Result<ExportTaskList>>;
  /** Gets the file of a task, as a stream. `downloadExport` also finds out its name and its type. */
  downloadExportFile(taskId: string, options?: CallOptions): Promise<Result<ReadableStream<Uint8Array>>>;
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
}

/**
 * Creates a client. Nothing is sent yet.
 *
 * @throws TypeError if an option is missing or cannot be right. The message says what to give instead.
 */
export function createClient(options: ClientOptions): ConnectionRecordsClient {
  const { projectId, credentials, clock = systemClock } = options;
  const baseUrl = readTarget(options);
  requireId('projectId', projectId);
  if (typeof credentials?.authenticate !== 'function')
    throw new TypeError('credentials are missing. Give token(…) or akSk({ ak, sk }).');

  const { origin } = new URL(baseUrl);
  const send = async (request: Request, mayLeave = false, hops = 0): Promise<Response> => {
    const { url, method, signal } = request;
    if (new URL(url).origin === origin)
      await credentials.authenticate(request, { projectId, date: new Date(clock.now()) });
    const response = await (options.fetch ?? fetch)(request);
    const next = redirectOf(response, url);
    if (!next || method !== 'GET' || hops === 5 || !(mayLeave || next.origin === origin)) return response;
    await response.body?.cancel();
    return send(new Request(next, { redirect: 'manual', signal }), mayLeave, hops + 1);
  };
  const call = (
    path: keyof paths,
    { query, task_id, mayLeave, ...init }: Call,
    { signal }: CallOptions = {},
  ) => {
    const url = createFinalURL(path, {
      baseUrl: baseUrl.replace(/\/$/, ''),
      params: { path: { project_id: projectId, task_id }, query: { ...query } },
      querySerializer: createQuerySerializer(),
      pathSerializer: defaultPathSerializer,
    });
    // Redirects are followed by `send`: left to fetch, the credentials would go along to wherever they point.
    return send(new Request(url, { ...init, redirect: 'manual', signal: signal ?? null }), mayLeave);
  };

  const operations: Operations = {
    exportConnectionRecords: (query, options) =>
      json(
        'exportConnectionRecords',
        call('/v3/{project_id}/desktops/connections/export', { query }, options),
        ({ task_id }) => task_id && typeof task_id === 'string',
      ),
    listExportTasks: (query, options) =>
      json('listExportTasks', call('/v2/{project_id}/export-tasks', { query }, options), ({ export_tasks }) =>
        Array.isArray(export_tasks),
      ),
    downloadExportFile: async (task_id, options) => {
      requireId('taskId', task_id);
      // The file may lie in a store elsewhere. The query of the others may hold names, which are nobody else's business.
      const path = '/v2/{project_id}/export-tasks/{task_id}/download';
      const response = await call(path, { task_id, mayLeave: true }, options);
      if (response.ok) return { ok: true, data: response.body ?? new Blob().stream(), response };
      return failure('downloadExportFile', response, parse(await response.text()));
    },
    deleteExportTasks: (task_ids, options) => {
      const headers = { 'Content-Type': 'application/json;charset=UTF-8' };
      const init = { method: 'POST', headers, body: JSON.stringify({ task_ids }) };
      return json('deleteExportTasks', call('/v2/{project_id}/export-tasks/batch-delete', init, options));
    },
    listConnectionRecords: (query, options) =>
      json(
        'listConnectionRecords',
        call('/v2/{project_id}/connections/desktops', { query }, options),
        ({ records }) => Array.isArray(records),
      ),
  };
  return { baseUrl, projectId, operations, clock };
}

/**
 * Makes sure that an id is one part of a path, which nothing, "." and ".." are not: with those, another address would be called.
 *
 * @throws TypeError if it is not.
 */
export function requireId(name: string, id: string): void {
  if (/^\.{0,2}$/.test(id ?? '')) throw new TypeError(`${name} is missing, or is no id: "${id ?? ''}".`);
}

/** Where an answer redirects to, if it does, and if a request can go there. */
function redirectOf({ status, headers }: Response, url: string): URL | undefined {
  const location = headers.get('Location');
  if (!location || status < 300 || status > 399 || !URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  return /^https?:$/.test(next.protocol) ? next : undefined;
}

const failure = (operationId: OperationId, response: Response, body: unknown): Result<never> => ({
  ok: false,
  error: new ApiError(operationId, response, body || undefined),
  response,
});

/** What one call sends, and whether it may be redirected to another origin. */
interface Call {
  query?: object | undefined;
  task_id?: string;
  mayLeave?: boolean;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** The result of an operation that succeeds with JSON of the right shape, or of one whose success says nothing. */
async function json<T>(
  operationId: OperationId,
  answer: Promise<Response>,
  isRight?: (body: Record<string, unknown>) => unknown,
): Promise<Result<T>> {
  const response = await answer;
  const body = parse(await response.text());
  if (!response.ok || isErrorBody(body) || (isRight && !(isObject(body) && isRight(body))))
    return failure(operationId, response, body);
  return { ok: true, data: (isRight && body) as T, response };
}

function readTarget({ region, baseUrl }: Target): string {
  if (!region === !baseUrl)
    throw new TypeError('Give either region, such as cn-north-4, or baseUrl, such as http://127.0.0.1:4010.');
  if (region && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))
    throw new TypeError(`"${region}" is not the id of a region, such as cn-north-4.`);
  const url = region ? `https://workspace.${region}.myhuaweicloud.com` : `${baseUrl}`;
  if (!/^https?:\/\/[^/?#@\\]+(\/[^?#]*)?$/i.test(url) || !URL.canParse(url)) {
    // What stands before an @ may be a password.
    const shown = url.includes('@') ? 'baseUrl' : `"${url}"`;
    throw new TypeError(`${shown} is not an http or https URL without user, query and fragment.`);
  }
  return url;
}

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

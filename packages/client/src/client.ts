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
import createFetchClient from 'openapi-fetch';
import type { Credentials } from './credentials.ts';
import { ApiError, isErrorBody, type Result } from './error.ts';

/** Where the service is: a region of the public cloud, or the address of another server of this API. */
export type Target =
  | {
      /** Id of a region, such as `cn-north-4`. The service is called at `https://workspace.<region>.myhuaweicloud.com`. */
      region: string;
      baseUrl?: never;
    }
  | {
      /** Address of a server, such as `http://127.0.0.1:4010`. It may have a path, to which those of the API are added. */
      baseUrl: string;
      region?: never;
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
  exportConnectionRecords(filters?: ExportFilters, options?: CallOptions): Promise<Result<ExportStarted>>;
  /** Lists export tasks, 20 to a page unless asked otherwise. */
  listExportTasks(filters?: ExportTaskFilters, options?: CallOptions): Promise<Result<ExportTaskList>>;
  /** Gets the file of a task, as a stream. `downloadExport` also finds out its name and its type. */
  downloadExportFile(taskId: string, options?: CallOptions): Promise<Result<ReadableStream<Uint8Array>>>;
  /** Deletes 1 to 200 tasks and their files. */
  deleteExportTasks(taskIds: string[], options?: CallOptions): Promise<Result<undefined>>;
  /** Lists connection records, 20 to a page unless asked otherwise. Mind that its times are to the minute. */
  listConnectionRecords(
    filters?: ConnectionRecordFilters,
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
  if (!projectId)
    throw new TypeError('projectId is missing. Give the id of the project that owns the desktops.');
  if (!credentials) throw new TypeError('credentials are missing. Give token(…) or akSk({ ak, sk }).');

  const { origin } = new URL(baseUrl);
  const send = async (request: Request, hops = 0): Promise<Response> => {
    const { url, method, signal } = request;
    if (new URL(url).origin === origin)
      await credentials.authenticate(request, { projectId, date: new Date(clock.now()) });
    const response = await (options.fetch ?? fetch)(request);
    const location = response.headers.get('Location');
    if (!location || response.status < 300 || response.status > 399 || method !== 'GET' || hops === 5)
      return response;
    await response.body?.cancel();
    return send(new Request(new URL(location, url), { redirect: 'manual', signal }), hops + 1);
  };
  // Redirects are followed by `send`: left to fetch, the credentials would go along to wherever they point.
  const api = createFetchClient<paths>({ baseUrl, fetch: (request) => send(request), redirect: 'manual' });
  const path = { project_id: projectId };

  const operations: Operations = {
    exportConnectionRecords: (query, options) =>
      json(
        'exportConnectionRecords',
        api.GET('/v3/{project_id}/desktops/connections/export', {
          ...asText,
          params: { path, query },
          ...options,
        }),
      ),
    listExportTasks: (query, options) =>
      json(
        'listExportTasks',
        api.GET('/v2/{project_id}/export-tasks', { ...asText, params: { path, query }, ...options }),
      ),
    downloadExportFile: async (task_id, options) => {
      const init = { parseAs: 'stream', params: { path: { ...path, task_id } }, ...options } as const;
      const { data, error, response } = await api.GET(
        '/v2/{project_id}/export-tasks/{task_id}/download',
        init,
      );
      if (!response.ok) return failure('downloadExportFile', response, error);
      return { ok: true, data: data ?? new Blob().stream(), response };
    },
    deleteExportTasks: (task_ids, options) => {
      const headers = { 'Content-Type': 'application/json;charset=UTF-8' };
      const init = { ...asText, params: { path }, headers, body: { task_ids }, ...options };
      return json('deleteExportTasks', api.POST('/v2/{project_id}/export-tasks/batch-delete', init), true);
    },
    listConnectionRecords: (query, options) =>
      json(
        'listConnectionRecords',
        api.GET('/v2/{project_id}/connections/desktops', { ...asText, params: { path, query }, ...options }),
      ),
  };
  return { baseUrl, projectId, operations, clock };
}

const asText = { parseAs: 'text' } as const;

const failure = (operationId: OperationId, response: Response, body: unknown): Result<never> => ({
  ok: false,
  error: new ApiError(operationId, response, body || undefined),
  response,
});

type Answer = { data?: string | undefined; error?: unknown; response: Response };

/** The result of an operation that succeeds with JSON, or with no body at all where that is its success. */
async function json<T>(
  operationId: OperationId,
  answer: Promise<Answer>,
  mayBeEmpty = false,
): Promise<Result<T>> {
  const { data, error, response } = await answer;
  if (!response.ok) return failure(operationId, response, error);
  if (!data && mayBeEmpty) return { ok: true, data: undefined as T, response };
  const body = parse(data);
  if (!body || typeof body !== 'object' || isErrorBody(body)) return failure(operationId, response, body);
  return { ok: true, data: body as T, response };
}

/** A body as JSON, or as its text if it is none: a page that a proxy put in the way, for example. */
function parse(data = ''): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function readTarget({ region, baseUrl }: Target): string {
  if (!region === !baseUrl)
    throw new TypeError('Give either region, such as cn-north-4, or baseUrl, such as http://127.0.0.1:4010.');
  const url = baseUrl ?? `https://workspace.${region}.myhuaweicloud.com`;
  if (!/^https?:[^?#]+$/.test(url) || !URL.canParse(url))
    throw new TypeError(`"${url}" is not an http or https URL to which a path can be added.`);
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

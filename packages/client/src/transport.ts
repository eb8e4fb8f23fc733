import type { OperationId } from '@connection-records/types';
import { backoff, policyOf, type RetryOptions, within } from './attempts.ts';
import type { CallOptions, Clock } from './client.ts';
import { type Credentials, type CredentialsReason, sendsPlain } from './credentials.ts';
import { ApiError, isErrorBody, isObject, parse, type Result } from './error.ts';
import { type Proof, proofOf } from './signature-help.ts';

/** A request that is about to be sent. Nothing in it is secret, nor are the names and addresses that its query may hold. */
export interface RequestEvent {
  operationId: OperationId;
  method: string;
  /** The URL without its query. */
  url: string;
  /** Which attempt of the call this is, counted from 1. What credentials or a redirect call for is sent in the same attempt. */
  attempt: number;
}

/** An answer that has begun to arrive. */
export interface ResponseEvent extends RequestEvent {
  status: number;
  /** Id of the request, to quote to the vendor; null if the answer has none. */
  requestId: string | null;
  /** Milliseconds since the request was sent. */
  elapsedMs: number;
}

/** A request that is about to be sent again, or that something else is done about. */
export interface RetryEvent {
  operationId: OperationId;
  /** Which attempt of the call failed, counted from 1. */
  attempt: number;
  /**
   * Why it failed: the answer's ApiError, or what kept an answer from coming. It holds no credentials; of a refused signature the query, with
   * the names it may hold.
   */
  problem: unknown;
  /**
   * What is done: the request is sent again after a pause (`repeat`), with renewed credentials (`renew`), or with the time that the
   * service told (`clock`). A download that broke off is continued (`continue`). About a lost answer to the start of an export: the list of tasks is looked at (`look`), the one task found there
   * is taken for the one that was started (`adopt`), or there is none and the export is started again (`start`).
   */
  action: 'repeat' | 'renew' | 'clock' | 'continue' | 'look' | 'adopt' | 'start';
  /** Milliseconds to wait before it is done. */
  pauseMs: number;
  /** The task that is adopted. */
  taskId?: string | undefined;
}

/** Told what goes on, for logs and figures. They are not waited for, and must not throw. */
export interface Hooks {
  /** Told before each request, redirects among them. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Told of each answer as it begins to arrive. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Told before anything is done about what failed. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** What the client makes use of in a Request: all that a `fetch` of your own gets to see, if it asks for no more. */
export type Outgoing = Pick<Request, 'method' | 'url' | 'signal'> & {
  headers: Iterable<[name: string, value: string]>;
  clone(): Pick<Response, 'text'>;
};

/** What the client makes use of in a Response. Its body has been read, unless it is that of a file. */
export type Answer = Pick<Response, 'status' | 'ok' | 'type' | 'headers' | 'body' | 'text'>;

/** What a transport works with: the client's options, completed. */
export interface TransportOptions extends Hooks {
  origin: string;
  projectId: string;
  credentials: Credentials;
  clock: Clock;
  random: () => number;
  fetch?: ((request: Request) => Promise<Answer>) | undefined;
  retry?: RetryOptions | undefined;
}

/** What one call sends, and what it shall bring. */
export interface Call {
  operationId: OperationId;
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | null;
  /**
   * What must be in the JSON of a success; nothing, if a success says nothing. A `stream` is the body as it comes, which ends with the
   * signal even after it has begun. A file may lie in a store elsewhere; the query of the others may hold names, which are nobody else's
   * business.
   */
  brings?: 'task_id' | 'export_tasks' | 'records' | 'stream' | undefined;
  /** Whether it changes nothing, so that it may be sent again. */
  mayRepeat?: boolean;
}

/** Sends calls, mends what can be mended, and repeats what can be repeated. */
export function createTransport(options: TransportOptions) {
  const { origin, projectId, credentials, clock, onRetry } = options;
  policyOf(options.retry);
  // Where nobody gets to see a Request, none is made: it costs more than a signature, and fetch makes one of its own anyway.
  const isPlain =
    sendsPlain.has(credentials.authenticate) && (!options.fetch || sendsPlain.has(options.fetch));
  /** By how many milliseconds the service's clock is ahead of ours, as far as we were told. */
  let ahead = 0;

  return async function call<T>(
    { operationId, url: first, method = 'GET', headers = {}, body = null, brings, mayRepeat }: Call,
    { signal, retry }: CallOptions = {},
  ): Promise<Result<T>> {
    const { retries, retryForMs, attemptTimeoutMs } = policyOf(options.retry, retry);
    const isStream = brings === 'stream';
    const began = clock.now();
    const wasAhead = ahead;
    const mended: string[] = [];
    let attempt = 1;
    let sent = false;

    const send = async (
      url: string,
      signal: AbortSignal,
      reason: CredentialsReason = 'request',
      hops = 0,
    ): Promise<Result<T>> => {
      const init = {
        url,
        method,
        headers: new Map(Object.entries(headers)),
        body,
        redirect: 'manual',
        signal,
        clone: () => ({ text: async () => body ?? '' }),
      } as unknown as Request;
      const request = isPlain ? init : new Request(url, init);
      const context = { projectId, date: new Date(clock.now() + ahead), reason };
      const ours = url.startsWith(`${origin}/`);
      sent = false;
      const signature = (ours && (await credentials.authenticate(request, context))) || undefined;
      const event = () => ({ operationId, method, url: url.replace(/[?#].*/s, ''), attempt });
      options.onRequest?.(event());
      const sentAt = clock.now();
      sent = true;
      const response = await (options.fetch
        ? options.fetch(request)
        : isPlain
          ? fetch(url, { ...init, headers: Object.fromEntries(init.headers) })
          : fetch(request));
      const { status, ok } = response;
      options.onResponse?.({
        ...event(),
        status,
        requestId: response.headers.get('X-Request-Id'),
        elapsedMs: clock.now() - sentAt,
      });
      const next = redirectOf(response, url);
      if (next && method === 'GET' && hops < 5 && (isStream || next.origin === origin)) {
        await response.body?.cancel();
        return send(next.href, signal, reason, hops + 1);
      }
      const succeed = (data: unknown) => ({ ok, data, response }) as Result<T>;
      if (ok && isStream) return succeed(response.body ?? new Blob().stream());
      const answer = parse(await response.text());
      if (ok && isPromised(answer, brings)) return succeed(brings && answer);
      const proof = signature && proofOf(signature, context.date, response.headers);
      const error = new ApiError(operationId, response, answer || undefined, proof);
      const action = status === 401 && mend(error, proof);
      if (!action) return { ok: false, error, response };
      onRetry?.({ operationId, attempt, problem: error, action, pauseMs: 0 });
      return send(first, signal, action === 'renew' ? action : reason);
    };

    /** What to do about a refusal of the credentials, if there is anything, and it has not been done in this call. */
    const mend = ({ code }: ApiError, proof: Proof | undefined) => {
      const action = code === 'APIGW.0307' && credentials.renewable ? 'renew' : proof?.clockError && 'clock';
      // A clock that was no help was not right.
      if (mended.includes('clock')) ahead = wasAhead;
      if (!action || mended.includes(action)) return undefined;
      mended.push(action);
      if (action === 'clock') ahead += proof!.clockError;
      return action;
    };

    for (; ; attempt++) {
      let result: Result<T> | undefined;
      let problem: unknown;
      try {
        result = await within(attemptTimeoutMs, signal, (signal) => send(first, signal), isStream);
        if (result.ok) return result;
        problem = result.error;
      } catch (error) {
        problem = error;
        signal?.throwIfAborted();
      }
      const refused = (result as { error: ApiError } | undefined)?.error;
      const isLost = refused ? isNoAnswer(refused) : sent;
      if (isLost) lost.add(Object(problem));
      // Too many requests, or a service out of order, may pass by itself.
      const passing = isLost || [429, 503].includes(refused?.status as number);
      const pauseMs = Math.max((refused?.retryAfter ?? 0) * 1000, backoff(attempt, options.random));
      if (!mayRepeat || !passing || attempt > retries || clock.now() + pauseMs - began > retryForMs) {
        if (result) return result;
        throw problem;
      }
      onRetry?.({ operationId, attempt, problem, action: 'repeat', pauseMs });
      await clock.sleep(pauseMs, signal);
    }
  };
}

/** What leaves open what became of a request: it was sent, and no answer came, or a broken one, or a gateway's. */
export const lost = new WeakSet<object>();

/** Whether what came is as good as no answer: a gateway has none from the service, or JSON has broken off. */
const isNoAnswer = ({ status, body }: ApiError) =>
  [502, 504].includes(status) || (status === 200 && typeof body === 'string');

/** Whether an answer is no error, and has in it what it shall bring. */
function isPromised(answer: unknown, brings: Call['brings']): unknown {
  const found = brings ? isObject(answer) && answer[brings] : [];
  return (
    !isErrorBody(answer) && (brings === 'task_id' ? found === `${found}` && found : Array.isArray(found))
  );
}

/** Where an answer redirects to, if it does, and if a request can go there. */
function redirectOf(answer: Answer, url: string): URL | undefined {
  const { status } = answer;
  const location = status > 299 && status < 400 && answer.headers.get('Location');
  if (!location || !URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  // Nor with a name and a password, which would stand in errors and logs.
  return /^https?:\/\/[^@/]+\//.test(next.href) ? next : undefined;
}

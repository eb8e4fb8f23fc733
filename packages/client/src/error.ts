import type { OperationId } from '@connection-records/types';
import { lookFirstAt, type Proof, type SignaturePart, shown } from './signature-help.ts';
import type { Answer } from './transport.ts';

/** An answer that is not the success an operation promises. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The operation that was called. */
  declare readonly operationId: OperationId;
  /** The HTTP status. It may be 200: the service is known to answer some errors so. In a browser, that of a redirect is 0. */
  declare readonly status: number;
  /** The code of the error, such as `APIGW.0301`. Judge by it first. Where the answer names none, `HTTP.` and the status. */
  declare readonly code: string;
  /** What the service says went wrong, where it says anything. */
  declare readonly reason: string | undefined;
  /** Id of the request. Quote it to the vendor. */
  declare readonly requestId: string | undefined;
  /** With 403, why a policy refused: encoded, for the security token service (STS) to decode. */
  declare readonly encodedAuthorizationMessage: string | undefined;
  /** How many seconds the service asks to wait before the next call, in its `Retry-After`; 0 unless it does. */
  declare readonly retryAfter: number;
  /** The body as it came, parsed if it is JSON, else its text; undefined if it was empty. */
  declare readonly body: unknown;
  /** Of a signature that was refused (401), the part to look at first. */
  declare readonly lookFirstAt?: SignaturePart | undefined;
  /**
   * Of a signature that was refused, the canonical request that was signed, to compare with the one of the service. The token of
   * temporary keys is left out of it.
   */
  declare readonly canonicalRequest?: string | undefined;
  /** Of a signature that was refused, what the key signed: algorithm, date and hash of the canonical request. */
  declare readonly stringToSign?: string | undefined;
  /** The task that `exportConnectionRecords` had started by then. Other functions leave it out. */
  declare readonly taskId?: string | undefined;

  constructor(operationId: OperationId, response: Answer, body: unknown, proof?: Proof) {
    const { status, headers } = response;
    const found = readErrorBody(body);
    const code = found.code ?? `HTTP.${status}`;
    const reason = found.reason ?? reasonOf(response, body);
    const requestId = headers.get('X-Request-Id') ?? found.requestId;
    const part = status === 401 && proof && lookFirstAt(`${reason}`, proof);
    super(
      `${operationId} got ${status} ${code}${reason ? `: ${reason}` : ''}${requestId ? ` (request ${requestId})` : ''}${part ? ` Look first at the ${part}.` : ''}`,
    );
    const retryAfter = retryAfterIn(headers);
    const fields = { ...found, operationId, status, code, reason, requestId, retryAfter, body };
    Object.assign(this, fields, part && { lookFirstAt: part, ...shown(proof) });
  }
}

/** How many seconds an answer asks to wait, in seconds or until a time by its own clock; 0 unless it does. */
export function retryAfterIn(headers: Headers): number {
  const given = headers.get('Retry-After') ?? '';
  const until = Date.parse(given) - Date.parse(headers.get('Date') ?? '');
  return Math.max(0, /^\d+$/.test(given) ? +given : until / 1000) || 0;
}

/** What to say of a body without a known shape. Of a text, a proxy's page for example, the beginning says enough. */
function reasonOf({ ok, type }: Answer, body: unknown): string | undefined {
  if (type === 'opaqueredirect') return 'the answer is a redirect, which a browser hides';
  if (typeof body === 'string') return body.slice(0, 200);
  return ok ? 'the answer is not what the operation promises' : undefined;
}

/** What an operation came to: its data, or the error that the service answered with. */
export type Result<T> =
  | { ok: true; data: T; response: Answer }
  | { ok: false; error: ApiError; response: Answer };

/**
 * The data of a result, or of the promise of one.
 *
 * @throws ApiError if it is an error.
 */
export function unwrap<T>(result: Result<T>): T;
export function unwrap<T>(result: Promise<Result<T>>): Promise<T>;
export function unwrap<T>(result: Result<T> | Promise<Result<T>>): T | Promise<T> {
  if (result instanceof Promise) return result.then((settled) => unwrap(settled));
  if (!result.ok) throw result.error;
  return result.data;
}

/** A body as JSON, or as its text if it is none: a page that a proxy put in the way, for example. */
export function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** Whether a body is that of an error, whatever its status says. Code `WKS.00000000` means success. */
export function isErrorBody(body: unknown): boolean {
  const { code, reason } = readErrorBody(body, 0);
  return Boolean(code && reason && code !== 'WKS.00000000');
}

type ErrorFields = {
  [Field in 'code' | 'reason' | 'requestId' | 'encodedAuthorizationMessage']?: string | undefined;
};

/** The spellings of code and message, in the order in which the vendor's SDKs look for them. */
const spellings = [
  ['error_code', 'error_msg'],
  ['errorCode', 'errorMsg'],
  ['code', 'message'],
] as const;

/** Reads the error out of a body of any known shape: Workspace's, the gateway's, IAM's nested one, and those of other services. */
function readErrorBody(body: unknown, depth = 2): ErrorFields {
  if (!isObject(body)) return {};
  for (const names of spellings) {
    const [code, reason] = names.map((name) => text(body[name]));
    if (!code && !reason) continue;
    const requestId = text(body.request_id);
    return { code, reason, requestId, encodedAuthorizationMessage: text(body.encoded_authorization_message) };
  }
  for (const value of depth ? Object.values(body).flat() : []) {
    const found = readErrorBody(value, depth - 1);
    if (found.code || found.reason) return found;
  }
  return {};
}

/** Whether a value has fields to look for. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown) => (value && typeof value !== 'object' ? `${value}` : undefined);

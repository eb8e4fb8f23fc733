import type { OperationId } from '@connection-records/types';

/** An answer that is not the success an operation promises. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The operation that was called. */
  declare readonly operationId: OperationId;
  /** The HTTP status. It may be 200: the service is known to answer some errors so. */
  declare readonly status: number;
  /** The code of the error, such as `APIGW.0301`. Judge by it first. Where the answer names none, `HTTP.` and the status. */
  declare readonly code: string;
  /** What the service says went wrong, where it says anything. */
  declare readonly reason: string | undefined;
  /** Id of the request. Quote it to the vendor. */
  declare readonly requestId: string | undefined;
  /** With 403, why a policy refused: encoded, for the security token service (STS) to decode. */
  declare readonly encodedAuthorizationMessage: string | undefined;
  /** The body as it came, parsed if it is JSON, else its text; undefined if it was empty. */
  declare readonly body: unknown;

  constructor(operationId: OperationId, { status, headers }: Response, body: unknown) {
    const found = readErrorBody(body);
    const code = found.code ?? `HTTP.${status}`;
    // Of a body without a known shape, a proxy's page for example, the beginning says enough.
    const reason = found.reason ?? (typeof body === 'string' ? body.slice(0, 200) : undefined);
    const requestId = headers.get('X-Request-Id') ?? found.requestId;
    super(
      `${operationId} got ${status} ${code}${reason ? `: ${reason}` : ''}${requestId ? ` (request ${requestId})` : ''}`,
    );
    Object.assign(this, { ...found, operationId, status, code, reason, requestId, body });
  }
}

/** What an operation came to: its data, or the error that the service answered with. */
export type Result<T> =
  | { ok: true; data: T; response: Response }
  | { ok: false; error: ApiError; response: Response };

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
function readErrorBody(body: unknown, depth = 1): ErrorFields {
  const fields = Object(body) as Record<string, unknown>;
  for (const [code, reason] of spellings) {
    if (!fields[code] && !fields[reason]) continue;
    return {
      code: text(fields[code]),
      reason: text(fields[reason]),
      requestId: text(fields.request_id),
      encodedAuthorizationMessage: text(fields.encoded_authorization_message),
    };
  }
  const nested = depth ? Object.values(fields).flat() : [];
  return (
    nested.map((value) => readErrorBody(value, depth - 1)).find(({ code, reason }) => code || reason) ?? {}
  );
}

const text = (value: unknown) => (value ? String(value) : undefined);

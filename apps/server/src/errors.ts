import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };

/** The kinds of refusal, by the names of their examples in the contract, with the status of each. */
const statuses = {
  invalidParameter: 400,
  windowTooOld: 400,
  windowReversed: 400,
  credentialsMissing: 401,
  tokenExpired: 401,
  signatureMismatch: 401,
  signatureExpired: 401,
  accessKeyUnknown: 401,
  accessKeyLocked: 401,
  permissionMissing: 403,
  callerForbidden: 403,
  apiNotFound: 404,
  taskNotFound: 404,
  fileNotReady: 404,
  fileExpired: 404,
  methodNotAllowed: 405,
  rangeBeyondEnd: 416,
  throttled: 429,
  internalError: 500,
  serviceUnavailable: 503,
} satisfies Partial<Record<keyof typeof contract.components.examples, number>>;

/** A kind of refusal. */
export type RefusalKind = keyof typeof statuses;

/** A request that is refused, in the contract's words unless a better message is given. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly status: number;
  /** Code of the error, as the contract's example of this kind has it. */
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(kind: RefusalKind, message?: string, headers: Record<string, string> = {}) {
    const { error_code, error_msg } = contract.components.examples[kind].value;
    super(message ?? error_msg);
    this.kind = kind;
    this.status = statuses[kind];
    this.code = error_code;
    this.headers = headers;
  }
}

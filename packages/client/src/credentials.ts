import { type Signature, sign } from './sign.ts';
import { requireHeader } from './target.ts';

/**
 * The functions of ours that use nothing of a Request but its `method`, its `url`, its `signal`, the entries and `set` of its `headers`, and the
 * text of its `clone`, so that the client need not make one. Functions, not what they are in: credentials that are spread into others
 * with an `authenticate` of their own then get a Request.
 */
export const sendsPlain = new WeakSet<object>();

/** Says who sends a request. Write one yourself where neither {@link token} nor {@link akSk} fits. */
export interface Credentials {
  /**
   * Adds to the headers of a request what it takes. Called for every request, right before it is sent. A signer may resolve to its
   * {@link Signature}, which then helps to explain a refusal.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: one that does not sign has nothing to say, not even undefined
  authenticate(request: Request, context: AuthenticationContext): Promise<Signature | undefined | void>;
  /** Whether it can get something newer when the service calls what it sent outdated (401 `APIGW.0307`). */
  readonly renewable?: boolean | undefined;
}

/** What credentials are told about a request. */
export interface AuthenticationContext {
  /** The project that is called. */
  projectId: string;
  /** The time by the service's clock, as far as it is known. */
  date: Date;
  /** Why they are asked: for a `request`, or to `renew` what the service has just called outdated. */
  reason: CredentialsReason;
}

/** Why credentials are asked for: to send a `request`, or to `renew` those that the service has just called outdated. */
export type CredentialsReason = 'request' | 'renew';

/**
 * Authenticates with a token of the identity service (IAM), sent as `X-Auth-Token`.
 *
 * @param source The token, or a function that gets one. The function is called for every request; a token lasts 24 hours, so
 * let it keep one, but not when the `reason` is `renew`: then the service has called it outdated (401 `APIGW.0307`). It is asked so
 * once a call.
 * @throws TypeError if the token is empty or no header can carry it; with a function, when a request is sent.
 * @example token(({ reason }) => (reason === 'renew' ? cache.fetchAnew() : cache.get()))
 */
export function token(
  source: string | ((need: { reason: CredentialsReason }) => string | Promise<string>),
): Credentials {
  const check = (value: string) => {
    if (!value) throw new TypeError('The token is empty. Give one that the identity service (IAM) issued.');
    requireHeader('X-Auth-Token', value);
  };
  if (typeof source !== 'function') check(source);
  const authenticate: Credentials['authenticate'] = async ({ headers }, { reason }) => {
    const value = typeof source === 'function' ? await source({ reason }) : source;
    check(value);
    headers.set('X-Auth-Token', value);
  };
  sendsPlain.add(authenticate);
  return { authenticate, renewable: typeof source === 'function' };
}

/** A pair of access key and secret. */
export interface AkSk {
  /** The access key. */
  ak: string;
  /** Its secret, which never leaves this process. */
  sk: string;
  /** The token that comes with temporary keys. */
  securityToken?: string | undefined;
  /** When temporary keys expire. Five minutes before that, the function that got them is asked for new ones. */
  expiresAt?: Date | undefined;
}

/**
 * Authenticates with an access key: every request is signed with SDK-HMAC-SHA256.
 *
 * Signed are the method, the path, the query, the body, `Host`, and all headers that the client sends, `X-Sdk-Date`, `X-Project-Id`
 * and `X-Security-Token` among them. The clock of this machine should be right to within 15 minutes; where it is not, the client learns
 * the time from the answer that says so.
 *
 * @param source The key, or a function that gets one. The function is asked again five minutes before the key expires; for every
 * request, where the key does not say when (`expiresAt`).
 * @throws TypeError if the key or its secret is empty, or no header can carry the key or the token of temporary keys; with a function,
 * when a request is sent.
 */
export function akSk(source: AkSk | (() => AkSk | Promise<AkSk>)): Credentials {
  let keys = typeof source === 'function' ? undefined : checked(source);
  let expires = keys ? Number.POSITIVE_INFINITY : 0;
  let asked: Promise<AkSk> | undefined;
  const ask = async () => {
    keys = checked(await (source as () => Promise<AkSk>)());
    expires = +(keys.expiresAt ?? 0) - 300_000;
    return keys;
  };
  const authenticate: Credentials['authenticate'] = async (request, { projectId, date }) => {
    let current = keys!;
    if (+date >= expires) {
      // Requests beside each other share one answer.
      asked ??= ask().finally(() => {
        asked = undefined;
      });
      current = await asked;
    }
    const { method, url, headers } = request;
    headers.set('X-Project-Id', projectId);
    if (current.securityToken) headers.set('X-Security-Token', current.securityToken);
    // The URL of a Request is a whole one, without a name and a password.
    const signed = { Host: url.split('/')[2]!, ...Object.fromEntries(headers) };
    const body = method === 'GET' ? '' : await request.clone().text();
    const proof = await sign({ method, url, headers: signed, body, date }, current);
    for (const name in proof.headers) headers.set(name, proof.headers[name]!);
    return proof;
  };
  sendsPlain.add(authenticate);
  return { authenticate };
}

function checked(keys: AkSk): AkSk {
  const { ak, sk, securityToken } = keys;
  if (!ak || !sk)
    throw new TypeError(`akSk needs an access key and its secret; ${ak ? 'sk' : 'ak'} is empty.`);
  requireHeader('Authorization', ak);
  requireHeader('X-Security-Token', securityToken ?? '');
  return keys;
}

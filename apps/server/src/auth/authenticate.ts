import { isSignature } from './authorization.ts';
import { type RawRequest, readHeaders } from './canonical.ts';
import type { LockSettings } from './lock.ts';
import type { AuthRefusal, Caller } from './permissions.ts';
import { type SignatureSteps, signatureVerifier } from './signature.ts';
import { type Token, tokenFinder } from './tokens.ts';

/** Someone who may call, with the credentials that prove it: a token, an access key, or both. */
export interface Account {
  name: string;
  token?: string | undefined;
  /** When the token ends, in milliseconds since 1970. */
  tokenExpires?: number | undefined;
  ak?: string | undefined;
  sk?: string | undefined;
  /** Makes the access key a temporary one. */
  securityToken?: string | undefined;
  /** Ids of projects, or `*` for all. */
  projects: readonly string[];
  /** Names of actions, or `*` for all. */
  actions: readonly string[];
}

/** Who sent a request, or why nobody knows. A signature comes with what led to it, right or wrong. */
export type Authentication = (
  | { caller: Caller; refusal?: never }
  | { caller?: never; refusal: AuthRefusal }
) & {
  steps?: SignatureSteps;
};

export interface AuthenticatorOptions {
  accounts: readonly Account[];
  /** The time, in milliseconds since 1970. */
  now: () => number;
  /** When wrong signatures lock an access key: after five, for five minutes, unless said otherwise. */
  lock?: LockSettings | undefined;
}

/** Finds out who sent a request. Make one for the life of the server: it remembers wrong signatures. */
export function createAuthenticator({ accounts, now, lock }: AuthenticatorOptions) {
  const keys = new Map(accounts.flatMap((account) => (account.ak ? [[account.ak, account] as const] : [])));
  const tokens = accounts.flatMap((account): Token<Account>[] =>
    account.token ? [{ token: account.token, expires: account.tokenExpires, holder: account }] : [],
  );
  const findToken = tokenFinder(tokens, now);
  const verify = signatureVerifier({ findKey: (ak) => secretOf(keys.get(ak)), now, lock });

  return function authenticate(request: RawRequest): Authentication {
    const headers = readHeaders(request.rawHeaders);
    // A signature goes first, for it covers the request: a token that someone added on the way must not replace it.
    if (isSignature(headers.get('authorization')?.[0] ?? '')) {
      const found = verify(request);
      const steps = found.steps ? { steps: found.steps } : {};
      if (!found.ok) return { refusal: unknown(found.reason, found.message), ...steps };
      return { caller: callerOf(keys.get(found.accessKey)!, 'access key'), ...steps };
    }
    const given = headers.get('x-auth-token') ?? [];
    if (given.length > 1)
      return { refusal: unknown('tokenExpired', 'X-Auth-Token was sent more than once. Send one.') };
    if (!given[0]) return { refusal: unknown('credentialsMissing') };
    const found = findToken(given[0]);
    return found.ok
      ? { caller: callerOf(found.holder, 'token') }
      : { refusal: unknown(found.reason, found.message) };
  };
}

const secretOf = (account: Account | undefined) =>
  account?.sk ? { sk: account.sk, securityToken: account.securityToken } : undefined;

const callerOf = ({ name, projects, actions }: Account, credential: 'token' | 'access key'): Caller => ({
  name,
  projects,
  actions,
  credentialId: `${name}, ${credential}`,
});

const unknown = (example: AuthRefusal['example'], message?: string): AuthRefusal => ({
  status: 401,
  example,
  ...(message ? { message } : {}),
});

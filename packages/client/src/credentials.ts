import { sign } from './sign.ts';

/** Says who sends a request. Write one yourself where neither {@link token} nor {@link akSk} fits. */
export interface Credentials {
  /** Adds to the headers of a request what it takes. Called for every request, right before it is sent. */
  authenticate(request: Request, context: { projectId: string; date: Date }): Promise<void>;
}

/**
 * Authenticates with a token of the identity service (IAM), sent as `X-Auth-Token`.
 *
 * @param source The token, or a function that gets one. The function is called for every request; a token lasts 24 hours, so
 * let it keep one.
 * @throws TypeError if the token is empty or no header can carry it; with a function, when a request is sent.
 */
export function token(source: string | (() => string | Promise<string>)): Credentials {
  const attach = (headers: Headers, value: string) => {
    if (!value) throw new TypeError('The token is empty. Give one that the identity service (IAM) issued.');
    setSecret(headers, 'X-Auth-Token', value);
  };
  if (typeof source !== 'function') attach(new Headers(), source);
  return {
    async authenticate({ headers }) {
      attach(headers, typeof source === 'function' ? await source() : source);
    },
  };
}

/** Sets a header without showing its value, as the error of `set` does. */
function setSecret(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    throw new TypeError(`The value for ${name} has characters that no header can carry.`);
  }
}

/** A pair of access key and secret. */
export interface AkSk {
  /** The access key. */
  ak: string;
  /** Its secret, which never leaves this process. */
  sk: string;
  /** The token that comes with temporary keys. */
  securityToken?: string | undefined;
}

/**
 * Authenticates with an access key: every request is signed with SDK-HMAC-SHA256.
 *
 * Signed are the method, the path, the query, the body, `Host`, and all headers that the client sends, `X-Sdk-Date`, `X-Project-Id`
 * and `X-Security-Token` among them. The clock of this machine must be right to within 15 minutes.
 *
 * @throws TypeError if the key or its secret is empty, or no header can carry the key or the token of temporary keys.
 */
export function akSk({ ak, sk, securityToken }: AkSk): Credentials {
  if (!ak || !sk)
    throw new TypeError(`akSk needs an access key and its secret; ${ak ? 'sk' : 'ak'} is empty.`);
  setSecret(new Headers(), 'Authorization', ak);
  setSecret(new Headers(), 'X-Security-Token', securityToken ?? '');
  return {
    async authenticate(request, { projectId, date }) {
      const { method, url, headers } = request;
      headers.set('X-Project-Id', projectId);
      if (securityToken) headers.set('X-Security-Token', securityToken);
      const body = await request.clone().text();
      const signed = { ...Object.fromEntries(headers), Host: new URL(url).host };
      const proof = await sign({ method, url, headers: signed, body, date }, { ak, sk });
      for (const [name, value] of Object.entries(proof.headers)) headers.set(name, value);
    },
  };
}

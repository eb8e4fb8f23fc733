/** Proofs of who asks that are wrong in one point, or right in an unusual way. */
import { AK, type Keys, SECURITY_TOKEN, SK, TOKEN } from '../credentials.ts';
import type { Proof, Provable, Prover } from '../request.ts';
import { sdkDate, sign } from '../sign.ts';
import { Skip } from '../world.ts';

/** A signature in the making: what is signed, as which the request is then not sent unless they are the same. */
export interface Draft {
  method: string;
  url: URL;
  body: string | undefined;
  /** What stands for the SHA-256 of the body. */
  payload?: string;
  /** The date to sign where no header has it. */
  date?: string;
  ak: string;
  sk: string;
  /** Those that are signed, in lower case. All but the host are sent as well. */
  headers: Changes;
}

/** Headers by their name in lower case; one that is undefined is left out. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** What to change: before the signature is made, in what is signed; after it, in what is sent. */
export interface Bend {
  draft?: (draft: Draft) => Partial<Draft>;
  sent?: (sent: Changes, draft: Draft) => Changes;
}

/** Signs with the keys of the run, bent in one point. Skips where the run has none. */
export function signing({ draft: bend, sent: change }: Bend = {}): Prover {
  return (request, { keys }) => {
    if (!keys) {
      throw new Skip(`there are no keys to sign with; set ${AK} and ${SK} as well`);
    }
    const plain = draftOf(request, keys);
    const { ak, sk, body, headers, ...draft } = { ...plain, ...bend?.(plain) };
    const signable = { ...draft, headers: present(headers), ...(body === undefined ? {} : { body }) };
    const { authorization } = sign(signable, ak, sk);
    const right = { ...headers, host: undefined, authorization };
    const sent = present({ ...right, ...change?.(right, plain) });
    return { sent, shown: shown(sent) };
  };
}

function draftOf({ method, url, body, projectId }: Provable, { ak, sk, securityToken }: Keys): Draft {
  const headers = {
    host: url.host,
    'x-sdk-date': sdkDate(new Date()),
    'x-project-id': projectId,
    'x-security-token': securityToken,
  };
  return { method, url, body, ak, sk, headers };
}

function present(headers: Changes): Record<string, string> {
  const found = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(found);
}

/** Without what is secret, or nearly the same as what is. */
function shown({ authorization = '', ...sent }: Record<string, string>): Record<string, string> {
  const open = authorization
    .replace(/Access=[^,]*/, `Access=$${AK}`)
    .replace(/Signature=.*/, 'Signature=$SIGNATURE');
  return present({
    ...sent,
    'x-security-token': sent['x-security-token'] && `$${SECURITY_TOKEN}`,
    authorization: open,
  });
}

/** Signs other headers, or other values of them, and sends them so. */
export function covers(headers: Changes): Bend {
  return { draft: (draft) => ({ headers: { ...draft.headers, ...headers } }) };
}

/** Signs another URL than the one that is asked. */
export function signsUrl(change: (url: URL) => void): Bend {
  return {
    draft: (draft) => {
      const url = new URL(draft.url);
      change(url);
      return { url };
    },
  };
}

/** Signs as of another time. */
export function signedAt(time: number): Bend {
  return covers({ 'x-sdk-date': sdkDate(new Date(time)) });
}

/** Sends the token of the run, changed. Skips where there is none. */
export function token(how: string, change: (token: string) => string): Prover {
  return (_, own): Proof => {
    if (own.token === undefined) throw new Skip(`there is no token; set ${TOKEN}`);
    const changed = change(own.token);
    if (changed === own.token) throw new Skip('the token has nothing in it that could be changed so');
    return { sent: { 'X-Auth-Token': changed }, shown: { 'X-Auth-Token': `$${TOKEN} (${how})` } };
  };
}

/** Sends these headers, which are no secret. */
export function plainly(headers: Record<string, string>): Prover {
  return () => ({ sent: headers, shown: headers });
}

/** The same text with its last character changed to another of its kind. */
export function otherEnd(text: string): string {
  const last = text.at(-1) ?? '';
  const others = /\d/.test(last) ? '01' : /[a-z]/.test(last) ? 'ab' : 'AB';
  return `${text.slice(0, -1)}${last === others[0] ? others[1] : others[0]}`;
}

/** The same text from its end to its beginning. */
export function reversed(text: string): string {
  return [...text].reverse().join('');
}

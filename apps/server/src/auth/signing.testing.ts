import { createHash, createHmac } from 'node:crypto';
import { type SignableRequest, sign, signDerived } from '@connection-records/client';
import type { RawRequest } from './canonical.ts';
import { signatureVerifier } from './signature.ts';

export const key = { ak: 'AccessKey', sk: 'SecretKey' };
export const scope = { region: 'test-region-1', service: 'demo' };
export const project = '0123456789abcdef0123456789abcdef';

/** A verifier that knows one key, never locks unless asked to, and whose clock stands at a date. */
export const verifierAt = (date: Date, failures = 0, securityToken?: string) =>
  signatureVerifier({
    findKey: (ak) => (ak === key.ak ? { sk: key.sk, securityToken } : undefined),
    now: () => date.getTime(),
    lock: { failures, seconds: 300 },
  });

/** What arrives when a request is sent that the project's client signed. */
export async function signedByClient(request: SignableRequest, derived = false): Promise<RawRequest> {
  const { headers } = derived ? await signDerived(request, key, scope) : await sign(request, key);
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    rawUrl: pathname + search,
    rawHeaders: Object.entries({ ...request.headers, ...headers }).flat(),
    body: Buffer.from(request.body ?? ''),
  };
}

/** The same request with another value of one header; without one, the header is left out. */
export function withHeader(request: RawRequest, name: string, value?: string): RawRequest {
  const others = pairs(request.rawHeaders).filter(([own]) => own.toLowerCase() !== name.toLowerCase());
  return { ...request, rawHeaders: [...others, ...(value === undefined ? [] : [[name, value]])].flat() };
}

export const headerOf = ({ rawHeaders }: RawRequest, name: string): string | undefined =>
  pairs(rawHeaders).find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];

export const pairs = (flat: readonly string[]): [string, string][] =>
  flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1]!] as [string, string]] : []));

/** A request to be signed by hand, of which some headers are signed and the others are merely sent. */
export interface Handmade {
  method: string;
  path: string;
  query: [string, string][];
  signed: Record<string, string>;
  unsigned: Record<string, string>;
  body: string;
  /** What stands for the body in the canonical request, if not its hash. */
  payload?: string;
}

const rfc3986 = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

/** SDK-HMAC-SHA256 once more, apart from the client and the server, from api-facts 5.2 alone. */
export function signedByHand(request: Handmade): RawRequest {
  const { method, path, query, signed, unsigned, body, payload } = request;
  const text = query
    .toSorted(([a, x], [b, y]) => Buffer.compare(Buffer.from(`${a}\0${x}`), Buffer.from(`${b}\0${y}`)))
    .map((pair) => pair.map(rfc3986).join('='))
    .join('&');
  const names = Object.keys(signed).sort();
  const sha256 = (of: string) => createHash('sha256').update(of).digest('hex');
  const lines = [
    method,
    `${path}/`,
    text,
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
  ];
  const canonical = [...lines, payload ?? sha256(body)].join('\n');
  const toSign = `SDK-HMAC-SHA256\n${signed['x-sdk-date']}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', key.sk).update(toSign).digest('hex');
  const Authorization = `SDK-HMAC-SHA256 Access=${key.ak}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return {
    method,
    rawUrl: text ? `${path}?${text}` : path,
    rawHeaders: Object.entries({ ...signed, ...unsigned, Authorization }).flat(),
    body: Buffer.from(body),
  };
}

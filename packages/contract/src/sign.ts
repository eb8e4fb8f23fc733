/**
 * SDK-HMAC-SHA256, the vendor's signature. Written apart from the project's client on purpose: a suite that shared the
 * client's signer would share its mistakes.
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 */
import { createHash, createHmac } from 'node:crypto';

/** A request about to be signed. Every header given here is signed, so `host` and `x-sdk-date` are among them. */
export interface Signable {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** What stands for the SHA-256 of the body, such as `UNSIGNED-PAYLOAD`. */
  payload?: string;
  /** The date to sign where no header has it. */
  date?: string;
}

/** A signature with the two texts it was made of, to compare with those of another implementation. */
export interface Signed {
  canonicalRequest: string;
  stringToSign: string;
  signature: string;
  /** The value of the `Authorization` header. */
  authorization: string;
}

const ALGORITHM = 'SDK-HMAC-SHA256';

/** Percent-encodes as RFC 3986 says, which is stricter than `encodeURIComponent` about `! ' ( ) *`. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `X-Sdk-Date` for a moment: `20260210T021122Z`. */
export function sdkDate(now: Date): string {
  return now.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Signs a request whose headers include `X-Sdk-Date`. */
export function sign(request: Signable, ak: string, sk: string): Signed {
  const headers = Object.entries(request.headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(byCodeUnit);
  const signedHeaders = headers.map(([name]) => name).join(';');
  const canonicalRequest = [
    request.method.toUpperCase(),
    canonicalPath(request.url),
    canonicalQuery(request.url),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    signedHeaders,
    request.payload ?? sha256(request.body ?? ''),
  ].join('\n');
  const date = headers.find(([name]) => name === 'x-sdk-date')?.[1] ?? request.date ?? '';
  const stringToSign = [ALGORITHM, date, sha256(canonicalRequest)].join('\n');
  const signature = createHmac('sha256', sk).update(stringToSign).digest('hex');
  const authorization = `${ALGORITHM} Access=${ak}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { canonicalRequest, stringToSign, signature, authorization };
}

/** The path ends in a slash here, and only here: the request is sent without it. */
function canonicalPath(url: URL): string {
  const path = url.pathname
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/');
  return path.endsWith('/') ? path : `${path}/`;
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(byCodeUnit)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Order of code units, by name and then by value: an order of any language would change the signature. */
function byCodeUnit(a: readonly [string, string], b: readonly [string, string]): number {
  const before = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
  return before ? -1 : 1;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A request as the signature sees it. */
export interface SignableRequest {
  method: string;
  /** The absolute URL that is called, its query included. */
  url: string | URL;
  /** The headers to sign, each of which must be sent as given here. `X-Sdk-Date` is added to them. */
  headers?: Record<string, string> | undefined;
  /** The exact body, as text. Left out, there is none. */
  body?: string | undefined;
  /** When the request is sent. The service refuses what is more than 15 minutes off its own clock. */
  date: Date;
}

/** An access key with its secret. The secret is never sent. */
export interface SigningKey {
  ak: string;
  sk: string;
}

/** A signature, with what led to it. */
export interface Signature {
  /** The request in the one form that both sides arrive at. */
  canonicalRequest: string;
  /** What the key signs: the algorithm, the date, and the hash of the canonical request. */
  stringToSign: string;
  /** The signature, 64 hexadecimal digits. */
  signature: string;
  /** The headers to add to the request: `X-Sdk-Date` and `Authorization`. */
  headers: Record<string, string>;
}

/**
 * Signs a request with SDK-HMAC-SHA256, and shows every step.
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-002.html
 * @throws TypeError if the URL is not absolute.
 */
export async function sign(request: SignableRequest, { ak, sk }: SigningKey): Promise<Signature> {
  return finish(await canonicalize(request), 'SDK-HMAC-SHA256', '', `Access=${ak}`, encode(sk));
}

/**
 * Signs a request with V11-HMAC-SHA256, whose key is derived for one day, region and service. The vendor's SDKs use it for hosts
 * outside the usual `myhuaweicloud` domains.
 *
 * @throws TypeError if the URL is not absolute.
 */
export async function signDerived(
  request: SignableRequest,
  { ak, sk }: SigningKey,
  scope: { region: string; service: string },
): Promise<Signature> {
  const canonical = await canonicalize(request);
  const info = `${canonical.date.slice(0, 8)}/${scope.region}/${scope.service}`;
  // HKDF with the access key as salt; the key that signs is the hexadecimal text of its one block, not the bytes.
  const block = await hmac(await hmac(encode(ak), sk), `${info}\x01`);
  return finish(canonical, 'V11-HMAC-SHA256', `${info}\n`, `Credential=${ak}/${info}`, encode(hex(block)));
}

async function finish(
  { canonicalRequest, signedHeaders, date }: Canonical,
  algorithm: string,
  scope: string,
  access: string,
  key: Bytes,
) {
  const stringToSign = `${algorithm}\n${date}\n${scope}${hex(await sha256(canonicalRequest))}`;
  const signature = hex(await hmac(key, stringToSign));
  const Authorization = `${algorithm} ${access}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { canonicalRequest, stringToSign, signature, headers: { 'X-Sdk-Date': date, Authorization } };
}

type Canonical = Awaited<ReturnType<typeof canonicalize>>;

async function canonicalize({ method, url, headers = {}, body = '', date: sent }: SignableRequest) {
  const date = `${sent.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const { pathname, searchParams } = new URL(url);
  const path = pathname.split('/').map((segment) => percentEncode(decodeURIComponent(segment)));
  const query = [...searchParams]
    .sort(byNameThenValue)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`);
  const signed = Object.entries({ ...headers, 'X-Sdk-Date': date })
    .map(([name, value]): Pair => [name.toLowerCase(), value.trim()])
    .sort(byNameThenValue);
  const signedHeaders = signed.map(([name]) => name).join(';');
  const declaredHash = signed.find(([name]) => name === 'x-sdk-content-sha256')?.[1];
  // The canonical path ends in a slash, also where the path that is called does not.
  const canonicalRequest = `${method.toUpperCase()}
${path.join('/').replace(/\/?$/, '/')}
${query.join('&')}
${signed.map(([name, value]) => `${name}:${value}\n`).join('')}
${signedHeaders}
${declaredHash ?? hex(await sha256(body))}`;
  return { canonicalRequest, signedHeaders, date };
}

type Pair = [name: string, value: string];

/** By code unit, never by locale: both sides have to arrive at the same order. */
const byNameThenValue = ([a, x]: Pair, [b, y]: Pair) => (a < b || (a === b && x < y) ? -1 : 1);

/** Percent-encodes all but the unreserved characters of RFC 3986, five of which encodeURIComponent leaves alone. */
const percentEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

type Bytes = Uint8Array<ArrayBuffer>;
/** Text as bytes in UTF-8. */
export const encode = (text: string): Bytes => new TextEncoder().encode(text);
/** Bytes as lower-case hexadecimal digits. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (text: string): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text)));

async function hmac(key: Bytes, text: string): Promise<Bytes> {
  const hmacKey = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, encode(text)));
}

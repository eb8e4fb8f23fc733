import { hmac, sha256 } from './hash-node.ts';

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
export function sign(request: SignableRequest, { ak, sk }: SigningKey): Promise<Signature> {
  return signBy('SDK-HMAC-SHA256', request, '', `Access=${ak}`, sk);
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
  const info = `${dateOf(request).slice(0, 8)}/${scope.region}/${scope.service}`;
  // HKDF with the access key as salt; the key that signs is the hexadecimal text of its one block, not the bytes.
  const extracted = await hmac(ak, sk);
  const bytes = Uint8Array.from(extracted.match(/../g)!, (digits) => Number.parseInt(digits, 16));
  const block = await hmac(bytes, `${info}\x01`);
  return signBy('V11-HMAC-SHA256', request, `${info}\n`, `Credential=${ak}/${info}`, block);
}

async function signBy(
  algorithm: string,
  request: SignableRequest,
  scope: string,
  access: string,
  key: string,
): Promise<Signature> {
  const { method, url, headers = {}, body = '' } = request;
  const date = dateOf(request);
  const signed: Pair[] = [['x-sdk-date', date]];
  for (const name in headers) {
    const lower = name.toLowerCase();
    if (lower !== 'x-sdk-date') signed.push([lower, headers[name]!.trim()]);
  }
  signed.sort(byNameThenValue);
  let lines = '';
  let signedHeaders = '';
  let bodyHash: string | Promise<string> = sha256(body);
  for (const [name, value] of signed) {
    lines += `${name}:${value}\n`;
    signedHeaders += signedHeaders ? `;${name}` : name;
    if (name === 'x-sdk-content-sha256') bodyHash = value;
  }
  const canonicalRequest = `${method.toUpperCase()}
${canonicalAddress(url)}
${lines}
${signedHeaders}
${await bodyHash}`;
  const stringToSign = `${algorithm}\n${date}\n${scope}${await sha256(canonicalRequest)}`;
  const signature = await hmac(key, stringToSign);
  const Authorization = `${algorithm} ${access}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { canonicalRequest, stringToSign, signature, headers: { 'X-Sdk-Date': date, Authorization } };
}

/** The path, which ends in a slash here also where the one that is called does not, and the query. */
function canonicalAddress(url: string | URL): string {
  let [, path, query = ''] = simple.exec(`${url}`) ?? [];
  if (path) query = query.split('&').sort().join('&');
  else {
    const { pathname, searchParams } = new URL(url);
    const pairs = [...searchParams].sort(byNameThenValue);
    path = pathname.split('/').map(decodeURIComponent).map(percentEncode).join('/');
    query = pairs.map((pair) => pair.map(percentEncode).join('=')).join('&');
  }
  return `${path.replace(/\/?$/, '/')}\n${query}`;
}
/**
 * An address in which nothing needs a code, so that there is none to take off first, which is most of the work. Names of letters are in order
 * when their pairs are: no letter comes before the sign between name and value.
 */
const simple = /^https?:\/\/[\w.:-]+(\/[\w~/-]*)(?:\?((?:[a-z_]+=[\w.~-]*(?:&(?!$)|$))*))?$/i;

/** The date as it is sent, kept for as long as its second lasts: to write it takes as long as to hash. */
const dateOf = ({ date }: SignableRequest) => {
  const second = Math.floor(+date / 1000);
  if (second !== lastSecond) lastDate = new Date(second * 1000).toISOString().replace(/[-:]|\.000/g, '');
  lastSecond = second;
  return lastDate;
};
let lastSecond: number;
let lastDate: string;

type Pair = [name: string, value: string];

/** By code unit, never by locale: both sides have to arrive at the same order. */
const byNameThenValue = ([a, x]: Pair, [b, y]: Pair) => (a < b || (a === b && x < y) ? -1 : 1);

/** Percent-encodes all but the unreserved characters of RFC 3986, five of which encodeURIComponent leaves alone. */
const percentEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** A request as it came over the wire, before anything decoded it. */
export interface RawRequest {
  method: string;
  /** Path and query, exactly as in the request line: `url` of a Node request. */
  rawUrl: string;
  /** Names and values in turn: `rawHeaders` of a Node request, which unlike `headers` hides no repetition. */
  rawHeaders: readonly string[];
  /** The exact bytes of the body, none if there is no body. */
  body: Uint8Array;
}

/** Values of each header by its lower-case name, in the order in which they came. Node has trimmed them, as signers do. */
export type Headers = ReadonlyMap<string, readonly string[]>;

export function readHeaders(rawHeaders: readonly string[]): Headers {
  const headers = new Map<string, string[]>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const values = headers.get(name) ?? [];
    headers.set(name, [...values, rawHeaders[i + 1]!]);
  }
  return headers;
}

/**
 * The request in the one form that signer and verifier both arrive at. Its characters are bytes (latin1), because Node gives the
 * values of headers so and a signer in Python signs and sends UTF-8 in them; all the rest is ASCII.
 *
 * Headers come in the order that the signer listed. Both orders are part of what is signed, so this gives nothing away.
 *
 * @throws URIError if the path or the query is not percent-encoded UTF-8. Reading such bytes leniently would make different
 * requests look the same.
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-002.html
 */
export function canonicalize(
  { method, rawUrl }: RawRequest,
  headers: Headers,
  signedHeaders: readonly string[],
  bodyHash: string,
): string {
  // No client sends a fragment, but a router would cut it off, and encoded it looks the same here.
  if (rawUrl.includes('#')) throw new URIError('The URL has a fragment.');
  const [path, query] = splitOnce(rawUrl, '?');
  return [
    method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headers.get(name)?.[0]}`),
    '',
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n');
}

/** Split before decoding, so that an encoded slash stays part of its segment: `a%2Fb` is not `a/b`. */
const canonicalPath = (path: string) =>
  path
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/')
    .replace(/\/?$/, '/');

/**
 * Pairs in order of name, then value, by code unit. A name without `=` has an empty value: the vendor's Go SDK signs `k=` and
 * sends `k`. `+` is a blank, as it is for `URLSearchParams` and for the parser behind this server: the vendor's SDKs send `%20`
 * for a blank and `%2B` for a plus, and what is verified must be what is then read.
 */
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => splitOnce(pair.replaceAll('+', ' '), '=').map(decodeURIComponent))
    .sort(([a, x], [b, y]) => compare(a!, b!) || compare(x!, y!))
    .map((pair) => pair.map(encode).join('='))
    .join('&');
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** All but the unreserved characters of RFC 3986, five of which encodeURIComponent leaves alone. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

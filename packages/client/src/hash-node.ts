// The same hashes by Node's own module, which does at once what WebCrypto waits for another thread for. What is built for pages
// (build.ts) takes ./hash.ts in place of this; elsewhere, where there is no such module, this falls back on it.
import * as web from './hash.ts';

type Hash = (algorithm: 'sha256', data: Uint8Array | string, encoding?: 'latin1') => string;
interface WithBuiltins {
  process?: { getBuiltinModule?: (name: 'node:crypto') => { hash?: Hash } };
}
/** Got without an import, which would load it before the first signature; null where there is none. */
let node: Hash | null | undefined;

/** The SHA-256 of text, in hexadecimal digits. At once where that is possible: a promise costs as much as a hash. */
export function sha256(text: string): string | Promise<string> {
  node ??= (globalThis as WithBuiltins).process?.getBuiltinModule?.('node:crypto').hash ?? null;
  if (!node) return web.sha256(text);
  // Most requests have no body.
  return text ? node('sha256', text) : ofNothing;
}
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The HMAC-SHA256 of text, in hexadecimal digits, by the two hashes that it is made of (RFC 2104): a Hmac object of Node's takes three times
 * as long. Other keys than those of the vendor, which are short and plain, go to WebCrypto.
 */
export function hmac(key: Uint8Array<ArrayBuffer> | string, text: string): string | Promise<string> {
  if (!node || typeof key !== 'string' || !/^[ -~]{1,64}$/.test(key)) return web.hmac(key, text);
  if (last?.key !== key) last = padded(key);
  const { inner, outer } = last;
  const digest = node('sha256', inner + text, 'latin1');
  for (let at = 0; at < 32; at++) outer[64 + at] = digest.charCodeAt(at);
  return node('sha256', outer);
}

/** A key as the two hashes take it: before the text, and before the hash of both, for which there is room. */
function padded(key: string) {
  const masked = (mask: number) => (_: unknown, at: number) => key.charCodeAt(at) ^ mask;
  const inner = String.fromCharCode(...Array.from({ length: 64 }, masked(0x36)));
  return { key, inner, outer: Uint8Array.from({ length: 96 }, masked(0x5c)) };
}
/** The last key: most processes have but one. */
let last: ReturnType<typeof padded> | undefined;

// Hashes by WebCrypto, which every runtime has.

/** Text as bytes in UTF-8. */
export const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
/** Bytes as lower-case hexadecimal digits. */
export const hex = (bytes: ArrayBuffer | Uint8Array): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The SHA-256 of text, in hexadecimal digits. */
export const sha256 = async (text: string): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', encode(text)));

/** The HMAC-SHA256 of text, in hexadecimal digits. */
export async function hmac(key: Uint8Array<ArrayBuffer> | string, text: string): Promise<string> {
  const bytes = typeof key === 'string' ? encode(key) : key;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const hmacKey = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  return hex(await crypto.subtle.sign('HMAC', hmacKey, encode(text)));
}

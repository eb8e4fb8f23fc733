import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as web from './hash.ts';
import * as node from './hash-node.ts';

describe.each([
  ['WebCrypto', web],
  ["Node's module", node],
])('by %s', (_, { hmac, sha256 }) => {
  test.each(['', 'a', '张三', 'x'.repeat(1000)])('the SHA-256 of "%s" is the right one', async (text) => {
    expect(await sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  const bytes = Uint8Array.from({ length: 32 }, (_, at) => at * 8);
  const keys = ['k', 'SecretKey', ' !~', 'k'.repeat(64), 'k'.repeat(65), '密钥', '\u0001', bytes];
  test.each(keys)('the HMAC with the key "%s" is the right one', async (key) => {
    for (const text of ['', 'SDK-HMAC-SHA256\n', '张三', 'x'.repeat(1000)])
      expect(await hmac(key, text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
  });

  test('keys may take turns', async () => {
    const keys = ['one', 'two', 'one', 'three'];
    const digests = await Promise.all(keys.map((key) => hmac(key, 'text')));
    expect(digests).toEqual(keys.map((key) => createHmac('sha256', key).update('text').digest('hex')));
  });
});

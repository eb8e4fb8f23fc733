// The vendor's own signer, over thousands of generated requests.
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sign } from './sign.ts';

const key = { ak: 'AccessKey', sk: 'SecretKey' };
const credentials = new BasicCredentials().withAk(key.ak).withSk(key.sk);
const date = new Date('2026-02-10T02:11:22Z');
const host = 'workspace.cn-north-4.myhuaweicloud.com';

interface Case {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers?: Record<string, string>;
  data?: object | undefined;
}

/** The signatures of both for the same request. */
async function both({ method, path, query, headers = {}, data }: Case) {
  const sent = { ...headers, host, 'X-Sdk-Date': '20260210T021122Z' };
  const theirs = AKSKSigner.sign(
    {
      method,
      endpoint: `https://${host}${path}`,
      queryParams: structuredClone(query),
      headers: sent,
      data,
    } as never,
    credentials,
  ) as { Authorization: string };
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  const url = `https://${host}${path}${pairs.length ? `?${pairs.join('&')}` : ''}`;
  const body = data && JSON.stringify(data);
  const ours = await sign({ method, url, headers: { ...headers, host }, body, date }, key);
  return { ours: ours.headers.Authorization, theirs: theirs.Authorization };
}

/** Unicode, the characters that are reserved in a URL or that encodeURIComponent leaves alone, and nothing at all. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...':/?#[]@!$&\'()*+,;= %-_.~"<>\\^`{|}\t\n张𝄞é') }),
  fc.constant(''),
);
const segment = fc
  .string({ unit: fc.constantFrom(...'azAZ09-._~'), minLength: 1 })
  .filter((name) => !/^\.+$/.test(name));
const request = fc.record<Case>({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.array(segment).map((segments) => `/${segments.join('/')}`),
  query: fc.dictionary(text, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 4 }))),
  // Without a hyphen, an underscore or a digit, the order of a locale and that of the bytes are the same.
  headers: fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/), fc.stringMatching(/^[!-~]{0,9}$/), {
    maxKeys: 4,
  }),
  data: fc.option(fc.dictionary(text, text), { nil: undefined }),
});
const named = ({ headers = {} }: Case) => {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return new Set(names).size === names.length && !names.includes('host') && !names.includes('content-type');
};

test("the signatures are those of the vendor's own signer", async () => {
  await fc.assert(
    fc.asyncProperty(request.filter(named), async (given) => {
      const { ours, theirs } = await both(given);
      expect(ours).toBe(theirs);
    }),
    { numRuns: 5000 },
  );
});

describe("the vendor's signer for Node is wrong, as its signers for other languages and the gateway's rules show,", () => {
  test('about headers whose order depends on the language: lines and SignedHeaders then differ in it', async () => {
    const headers = { 'x-a_b': '1', 'x-a-b': '2' };
    const { ours, theirs } = await both({ method: 'GET', path: '/', query: {}, headers });
    const names = /SignedHeaders=([^,]+)/;
    expect(names.exec(ours!)?.[1]).toBe(names.exec(theirs)?.[1]);
    expect(ours).not.toBe(theirs);
  });

  test('about a path that is encoded already, which it encodes again', async () => {
    const { ours, theirs } = await both({ method: 'GET', path: '/a%20b', query: {} });
    expect(ours).not.toBe(theirs);
  });

  test('about white space around the value of a header, which it does not take off', async () => {
    const { ours, theirs } = await both({ method: 'GET', path: '/', query: {}, headers: { a: ' b ' } });
    expect(ours).not.toBe(theirs);
  });
});

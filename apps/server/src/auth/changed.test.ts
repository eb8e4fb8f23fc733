import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RawRequest } from './canonical.ts';
import { headerOf, pairs, project, signedByClient, verifierAt, withHeader } from './signing.testing.ts';

// One byte changed in each part of a signed request, and everything that may be changed because it says the same.
const date = new Date('2026-02-10T02:11:22Z');
const verify = verifierAt(date, 0, 'the+security/token=');
const signedHeaders = {
  Host: '127.0.0.1:4020',
  'Content-Type': 'application/json;charset=UTF-8',
  'X-Project-Id': project,
  'X-Security-Token': 'the+security/token=',
  'X-Custom': 'a value',
};
const request = {
  method: 'POST',
  url: `http://127.0.0.1:4020/v2/${project}/export-tasks/a%20b?user_name=%E5%BC%A0%20x&limit=10&empty=&limit=9`,
  headers: signedHeaders,
  body: '{"task_ids":["2b31ed520f00f22aebedb6e57c0ffee0"]}',
  date,
};
/** The text with each of its characters changed in turn. */
const changes = (text: string, to = 'a', or = 'b') =>
  [...text].map((char, i) => `${text.slice(0, i)}${char === to ? or : to}${text.slice(i + 1)}`);
const accepted = (raws: RawRequest[]) => raws.filter((raw) => verify(raw).ok);

describe.each([
  ['SDK-HMAC-SHA256', false],
  ['V11-HMAC-SHA256', true],
] as const)('with %s', (_algorithm, derived) => {
  let raw: RawRequest;
  beforeAll(async () => {
    raw = await signedByClient(request, derived);
  });

  test('the request as it was signed is accepted', () => {
    expect(verify(raw)).toMatchObject({ ok: true });
  });

  test('another method is refused', () => {
    expect(accepted(['GET', 'PUT', 'DELETE', 'POS'].map((method) => ({ ...raw, method })))).toEqual([]);
  });

  test('a path or a query with one other character is refused, wherever it is', () => {
    expect(accepted(changes(raw.rawUrl, 'z', 'y').map((rawUrl) => ({ ...raw, rawUrl })))).toEqual([]);
  });

  test('a query with a pair more or a pair less is refused', () => {
    const queries = [
      `${raw.rawUrl}&limit=10`,
      `${raw.rawUrl}&x=`,
      raw.rawUrl.replace('&empty=', ''),
      raw.rawUrl.split('?')[0]!,
    ];
    expect(accepted(queries.map((rawUrl) => ({ ...raw, rawUrl })))).toEqual([]);
  });

  test('a body with one other byte, one more or one less is refused', () => {
    const bodies = [...changes(request.body), `${request.body} `, request.body.slice(1), ''];
    expect(accepted(bodies.map((body) => ({ ...raw, body: Buffer.from(body) })))).toEqual([]);
  });

  test('a signed header with one other character is refused, the date among them', () => {
    const names = [...Object.keys(signedHeaders), 'X-Sdk-Date'];
    const changed = names.flatMap((name) =>
      changes(headerOf(raw, name)!).map((value) => withHeader(raw, name, value)),
    );
    expect(accepted(changed)).toEqual([]);
  });

  test('another time that is right by itself is refused', () => {
    expect(verify(withHeader(raw, 'X-Sdk-Date', '20260210T021123Z'))).toMatchObject({
      reason: 'signatureMismatch',
    });
  });

  test('a signed header that is missing or comes twice is refused, and the answer names it', () => {
    for (const name of [...Object.keys(signedHeaders), 'X-Sdk-Date']) {
      const twice = { ...raw, rawHeaders: [...raw.rawHeaders, name.toUpperCase(), headerOf(raw, name)!] };
      for (const wrong of [withHeader(raw, name), twice]) {
        const found = verify(wrong);
        expect(found).toMatchObject({ ok: false, message: expect.stringContaining(name.toLowerCase()) });
      }
    }
  });

  test('an Authorization header with one other character is refused, wherever it is', () => {
    const changed = changes(headerOf(raw, 'Authorization')!);
    expect(accepted(changed.map((value) => withHeader(raw, 'Authorization', value)))).toEqual([]);
  });

  test('another order of the pairs in the query, a bare name and + for a blank say the same', () => {
    const path = raw.rawUrl.split('?')[0];
    const same = [
      `${path}?limit=9&limit=10&empty=&user_name=%E5%BC%A0%20x`,
      raw.rawUrl.replace('empty=', 'empty'),
      raw.rawUrl.replace('%20x', '+x'),
      raw.rawUrl.replace('%E5', '%e5'),
    ];
    expect(accepted(same.map((rawUrl) => ({ ...raw, rawUrl })))).toHaveLength(same.length);
  });

  test('another order of the headers, and headers that are not signed, change nothing', () => {
    const order = pairs(raw.rawHeaders).toReversed();
    const others = ['Accept', '*/*', 'X-Forwarded-For', '192.0.2.1', 'X-Forwarded-For', '192.0.2.2'];
    expect(verify({ ...raw, rawHeaders: [...order.flat(), ...others] })).toMatchObject({ ok: true });
  });
});

test('an encoded slash is not a slash, an encoded # not the end of a path', async () => {
  const sign = (path: string) => signedByClient({ ...request, url: `http://127.0.0.1:4020${path}` });
  const slash = await sign('/v2/a%2Fb');
  const hash = await sign('/v2/a%23b');
  expect([verify(slash).ok, verify(hash).ok]).toEqual([true, true]);
  expect(
    accepted([
      { ...slash, rawUrl: '/v2/a/b' },
      { ...hash, rawUrl: '/v2/a#b' },
    ]),
  ).toEqual([]);
});

test('a path or a query that is not UTF-8 is refused, not read as something else', async () => {
  const raw = await signedByClient({ ...request, url: 'http://127.0.0.1:4020/v2?user_name=%EF%BF%BD' });
  const rawUrls = ['/v2?user_name=%FF', '/v2?user_name=%', '/v2?user_name=%ZZ', '/v2%FF?user_name=%EF%BF%BD'];
  for (const rawUrl of rawUrls)
    expect(verify({ ...raw, rawUrl })).toMatchObject({
      reason: 'signatureMismatch',
      message: expect.stringContaining('UTF-8'),
    });
});

test('whatever the client signs is accepted: Unicode, reserved characters, empty and repeated names', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom(...':/?#[]@!$&\'()*+,;=%~-._ "<>\\^`{|}\u0000'), maxLength: 12 }),
    fc.constantFrom('', 'a', 'b', '\u{1F600}', '\uFFFD', '张三'),
  );
  const spelling = fc.constantFrom(
    (all: [string, string][]) => new URLSearchParams(all).toString(),
    (all: [string, string][]) => all.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
  );
  const path = fc.array(
    text.filter((segment) => !/^\.{0,2}$/.test(segment)),
    { maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { maxLength: 6 }),
      spelling,
      path,
      fc.boolean(),
      async (query, spell, segments, derived) => {
        const url = `http://127.0.0.1:4020/v2/${segments.map(encodeURIComponent).join('/')}?${spell(query)}`;
        expect(verify(await signedByClient({ ...request, url }, derived))).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 300 },
  );
});

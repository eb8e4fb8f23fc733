import { describe, expect, test } from 'vitest';
import {
  type Handmade,
  headerOf,
  key,
  project,
  signedByClient,
  signedByHand,
  verifierAt,
  withHeader,
} from './signing.testing.ts';

const date = new Date('2026-02-10T02:11:22Z');
const request = {
  method: 'GET',
  url: `http://127.0.0.1:4020/v2/${project}/export-tasks?limit=1`,
  headers: { Host: '127.0.0.1:4020' },
  date,
};
const verify = verifierAt(date);

describe('a request', () => {
  const off = (seconds: number) => new Date(date.getTime() + seconds * 1000);
  const quarter = 15 * 60;

  test.each([1 - quarter, -quarter, quarter, quarter - 1])(
    'is accepted %i seconds later',
    async (seconds) => {
      expect(verifierAt(off(seconds))(await signedByClient(request))).toMatchObject({ ok: true });
    },
  );

  test.each([-quarter - 1, quarter + 1])(
    'has expired %i seconds later, and the answer has both times',
    async (seconds) => {
      const here = off(seconds)
        .toISOString()
        .replace(/[-:]|\.\d+/g, '');
      expect(verifierAt(off(seconds))(await signedByClient(request))).toEqual({
        ok: false,
        reason: 'signatureExpired',
        message: `The signature has expired. X-Sdk-Date is 20260210T021122Z and the time here ${here}; they may be 15 minutes apart. Check the clock.`,
      });
    },
  );
});

describe('X-Sdk-Date', () => {
  test.each([
    '',
    '2026-02-10T02:11:22Z',
    '20260210T021122',
    '20260210T021122z',
    '20260230T021122Z',
    '20260210T250000Z',
    ' 20260210T021122Z',
    'Tue, 10 Feb 2026 02:11:22 GMT',
  ])('"%s" is no date', async (value) => {
    const raw = withHeader(await signedByClient(request), 'X-Sdk-Date', value);
    expect(verify(raw)).toMatchObject({
      reason: 'signatureMismatch',
      message: expect.stringContaining('X-Sdk-Date is not a time'),
    });
  });

  const sent: Handmade = {
    method: 'GET',
    path: '/v2/p',
    query: [],
    signed: { host: 'h', 'x-sdk-date': '20260210T021122Z' },
    unsigned: {},
    body: '',
  };

  test('it must be signed, even if all else is', () => {
    const raw = signedByHand({
      ...sent,
      signed: { host: 'h' },
      unsigned: { 'X-Sdk-Date': '20260210T021122Z' },
    });
    expect(verify(raw)).toMatchObject({
      reason: 'signatureMismatch',
      message: 'Sent, but not signed: x-sdk-date. Add it to SignedHeaders.',
    });
  });

  test('it must be sent', () => {
    expect(verify(signedByHand({ ...sent, signed: { host: 'h' } }))).toMatchObject({
      message: expect.stringContaining('X-Sdk-Date is missing'),
    });
  });

  test.each(['X-Security-Token', 'X-Project-Id', 'X-Sdk-Content-Sha256'])(
    '%s must be signed as well, if it is sent',
    (name) => {
      const raw = signedByHand({ ...sent, unsigned: { [name]: 'x' } });
      expect(verify(raw)).toMatchObject({
        message: `Sent, but not signed: ${name.toLowerCase()}. Add it to SignedHeaders.`,
      });
    },
  );
});

describe('an Authorization header', () => {
  const right = `Access=AccessKey, SignedHeaders=x-sdk-date, Signature=${'0'.repeat(64)}`;
  test.each([
    ['has another algorithm', `SDK-HMAC-SM3 ${right}`, 'SDK-HMAC-SHA256 and V11-HMAC-SHA256 only'],
    ['has a name that every object has for its algorithm', `toString ${right}`, 'only'],
    ['is the algorithm alone', 'SDK-HMAC-SHA256', 'malformed'],
    ['lacks the key', `SDK-HMAC-SHA256 ${right.replace('Access=AccessKey, ', '')}`, 'malformed'],
    ['has no blank after a comma', `SDK-HMAC-SHA256 ${right.replace(', S', ',S')}`, 'malformed'],
    ['has two blanks', `SDK-HMAC-SHA256  ${right}`, 'malformed'],
    [
      'says Credential where Access belongs',
      `SDK-HMAC-SHA256 ${right.replace('Access', 'Credential')}`,
      'malformed',
    ],
    ['says Access where Credential belongs', `V11-HMAC-SHA256 ${right}`, 'malformed'],
    ['has a short signature', `SDK-HMAC-SHA256 ${right.slice(0, -1)}`, 'malformed'],
    ['has a long signature', `SDK-HMAC-SHA256 ${right}0`, 'malformed'],
    ['has upper-case digits', `SDK-HMAC-SHA256 ${right.slice(0, -1)}A`, 'malformed'],
    ['has upper-case header names', `SDK-HMAC-SHA256 ${right.replace('x-sdk', 'X-Sdk')}`, 'malformed'],
    ['names a header twice', `SDK-HMAC-SHA256 ${right.replace('x-sdk-date', 'host;host')}`, 'twice'],
    [
      'names nothing between semicolons',
      `SDK-HMAC-SHA256 ${right.replace('x-sdk-date', 'host;;x-sdk-date')}`,
      'none',
    ],
    [
      'has a scope with a part too few',
      `V11-HMAC-SHA256 ${right.replace('Access=AccessKey', 'Credential=AccessKey/20260210/r')}`,
      'malformed',
    ],
    [
      'has the scope of another day',
      `V11-HMAC-SHA256 ${right.replace('Access=AccessKey', 'Credential=AccessKey/20260211/r/s')}`,
      'The day',
    ],
  ])('that %s is refused', async (_what, value, message) => {
    const raw = withHeader(await signedByClient(request), 'Authorization', value);
    expect(verify(raw)).toMatchObject({
      reason: 'signatureMismatch',
      message: expect.stringContaining(message),
    });
  });

  test('that comes twice is refused', async () => {
    const raw = await signedByClient(request);
    const rawHeaders = [...raw.rawHeaders, 'authorization', headerOf(raw, 'Authorization')!];
    expect(verify({ ...raw, rawHeaders })).toMatchObject({
      message: 'Sent more than once: authorization. Send it once.',
    });
  });
});

describe('what a refusal says', () => {
  test('an unknown key, a wrong secret', async () => {
    const raw = await signedByClient(request);
    const unknown = withHeader(
      raw,
      'Authorization',
      headerOf(raw, 'Authorization')!.replace('AccessKey', 'OtherKey'),
    );
    expect(verify(unknown)).toMatchObject({
      reason: 'accessKeyUnknown',
      message: 'The access key does not exist here. Check it.',
    });
    expect(verify({ ...raw, method: 'POST' })).toMatchObject({
      message: expect.stringMatching(
        /^The signature is wrong. Check first the secret key, and then that .* \(host, x-sdk-date\) .* SHA-256 [0-9a-f]{64}\.$/,
      ),
    });
  });

  test('never a secret, a security token or a signature', async () => {
    const headers = { ...request.headers, 'X-Security-Token': 'a-security-token' };
    const raw = await signedByClient({ ...request, headers });
    const signature = headerOf(raw, 'Authorization')!.slice(-64);
    for (const [changed, token] of [
      [raw, 'a-security-token'],
      [raw, 'another'],
      [raw, undefined],
      [{ ...raw, method: 'POST' }, 'a-security-token'],
    ] as const) {
      const text = JSON.stringify(verifierAt(date, 0, token)(changed));
      for (const secret of [key.sk, signature, 'a-security-token', 'another'])
        expect(text).not.toContain(secret);
    }
  });

  test.each([
    ['a temporary key without its token', undefined, 'the-token', 'The access key is a temporary one.'],
    ['a temporary key with another token', 'other', 'the-token', 'X-Security-Token is not the one'],
    ['a permanent key with a token', 'other', undefined, 'The access key is not a temporary one.'],
  ])('%s', async (_what, sent, expected, message) => {
    const headers = { ...request.headers, ...(sent ? { 'X-Security-Token': sent } : {}) };
    const found = verifierAt(date, 0, expected)(await signedByClient({ ...request, headers }));
    expect(found).toMatchObject({
      ok: false,
      reason: 'signatureMismatch',
      message: expect.stringContaining(message),
    });
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Handmade, signedByHand, verifierAt, withHeader } from './signing.testing.ts';

const verify = verifierAt(new Date('2026-02-10T02:11:22Z'));

const open: Handmade = {
  method: 'POST',
  path: '/v2/p',
  query: [],
  signed: { 'x-sdk-date': '20260210T021122Z', 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' },
  unsigned: { 'Content-Type': 'application/octet-stream' },
  body: 'anything',
  payload: 'UNSIGNED-PAYLOAD',
};

describe('UNSIGNED-PAYLOAD', () => {
  test('leaves the body open', () => {
    expect(verify({ ...signedByHand(open), body: Buffer.from('other') })).toMatchObject({ ok: true });
  });

  test.each(['application/json', 'Application/JSON;charset=UTF-8', 'application/bson', undefined])(
    'does not do so for the content type %s, which the signer may have left unsigned',
    (type) => {
      const raw = withHeader(signedByHand(open), 'Content-Type', type);
      expect(verify(raw)).toMatchObject({
        reason: 'signatureMismatch',
        message: expect.stringContaining('Sign the body'),
      });
    },
  );

  test('does not do so when two content types come, of which this server and another might each take one', () => {
    const raw = signedByHand(open);
    const rawHeaders = [...raw.rawHeaders, 'Content-Type', 'application/json'];
    expect(verify({ ...raw, rawHeaders })).toMatchObject({
      message: 'Sent more than once: content-type. Send it once.',
    });
  });

  test('counts only as it was signed', () => {
    expect(verify(withHeader(signedByHand(open), 'X-Sdk-Content-Sha256'))).toMatchObject({ ok: false });
    expect(verify(signedByHand({ ...open, signed: { 'x-sdk-date': '20260210T021122Z' } }))).toMatchObject({
      ok: false,
    });
  });

  test('is refused in any other spelling', () => {
    const signed = { ...open.signed, 'x-sdk-content-sha256': 'unsigned-payload' };
    expect(verify(signedByHand({ ...open, signed, payload: 'unsigned-payload' }))).toMatchObject({
      ok: false,
    });
  });
});

test('a declared hash is accepted if it is that of the body, and refused if not', () => {
  const declaring = (hash: string) =>
    signedByHand({ ...open, signed: { ...open.signed, 'x-sdk-content-sha256': hash }, payload: hash });
  const right = createHash('sha256').update(open.body).digest('hex');
  expect(verify(declaring(right))).toMatchObject({ ok: true });
  expect(verify(declaring(right.replace(/.$/, '~')))).toMatchObject({
    reason: 'signatureMismatch',
    message: expect.stringContaining('not the SHA-256 of the body'),
  });
});

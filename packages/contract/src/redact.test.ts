import { describe, expect, it } from 'vitest';
import { redactor } from './redact.ts';

const token = 'MIIEAgYJKoZIhvcNAQcCoIID8zCCA-and-so-on';
const NAME = '$CONNECTION_RECORDS_AUTH_TOKEN';

describe('a secret', () => {
  it.each([
    ['in base64', Buffer.from(token).toString('base64')],
    ['in small letters', token.toLowerCase()],
    ['in capitals', token.toUpperCase()],
    ['percent-encoded', encodeURIComponent(token)],
    ['in part', token.slice(9, 25)],
    ['cut off', token.slice(0, 20)],
  ])('is hidden %s', (_, form) => {
    expect(redactor({ token })(`<${form}>`)).toMatch(/^<\$CONNECTION_RECORDS_AUTH_TOKEN\S{0,3}>$/);
  });

  it('leaves what stands around it', () => {
    expect(redactor({ token })(`İ ${token.slice(3, 30)} İ`)).toBe(`İ ${NAME} İ`);
  });
});

describe('what was sent', () => {
  const signature = '0123456789abcdef'.repeat(4);

  it('is hidden, a signature by itself too, and other digests are not', () => {
    const redact = redactor({ token });
    redact.hide(`SDK-HMAC-SHA256 Access=AKOFSOMEBODY, SignedHeaders=host, Signature=${signature}`, 'any');
    redact.hide('another-token', `${NAME} (changed)`);
    expect(redact(`${signature.toUpperCase()} AKOFSOMEBODY another-token`)).toBe(
      `$SIGNATURE $HUAWEICLOUD_SDK_AK ${NAME} (changed)`,
    );
    expect(redact('f'.repeat(64))).toBe('f'.repeat(64));
  });
});

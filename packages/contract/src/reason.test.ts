import { describe, expect, it } from 'vitest';
import { inWords } from './reason.ts';
import { startFixture } from './testing/fixture-server.ts';

const failed = (cause: object) => Object.assign(new TypeError('fetch failed'), { cause });

describe('why there was no answer', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_HAS_EXPIRED',
    'HPE_INVALID_CONSTANT',
  ])('is said in words, not as %s', (code) => {
    expect(inWords(failed({ code, message: 'other side closed' }), 1)).toMatch(/^[a-zA-Z:/.; _-]+$/);
    expect(inWords(failed({ code }), 1)).not.toContain(code);
  });

  it('keeps a code for which there are no words yet', () => {
    expect(inWords(failed({ code: 'ENEW' }), 1)).toBe('the connection failed (ENEW)');
  });

  it('is said in words where fetch itself refuses the port, and where TLS meets plain HTTP', async () => {
    await using fixture = await startFixture();
    const reason = (url: string) => fetch(url).then(String, (error) => inWords(error, 1));
    expect(await reason('http://127.0.0.1:6000')).toBe(
      'no request may be sent to this port, which the Fetch standard blocks',
    );
    expect(await reason(fixture.url.replace('http:', 'https:'))).toMatch(/^it does not speak TLS/);
  });
});

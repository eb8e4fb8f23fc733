import { describe, expect, it } from 'vitest';
import { redactor } from '../redact.ts';
import { sign } from '../sign.ts';
import { covers, otherEnd, signedAt, signing, signsUrl, token } from './auth-provers.ts';

const KEYS = { ak: 'AKIDOFTHETESTS', sk: 'the-secret-of-the-tests', securityToken: 'a-temporary-token' };
const REQUEST = {
  method: 'GET',
  url: new URL('http://127.0.0.1:4020/v2/p1/export-tasks?limit=1'),
  body: undefined,
  projectId: 'p1',
};

/** What a server would find the signature to be. */
function expected(sent: Readonly<Record<string, string>>): string {
  const names = /SignedHeaders=([^,]*)/.exec(sent.authorization ?? '')?.[1]?.split(';') ?? [];
  const headers = Object.fromEntries(
    names.map((name) => [name, name === 'host' ? REQUEST.url.host : (sent[name] ?? '')]),
  );
  return sign({ method: 'GET', url: REQUEST.url, headers }, KEYS.ak, KEYS.sk).authorization;
}

describe('a signature of the suite', () => {
  it.each([
    ['plain', {}],
    ['without the host', covers({ host: undefined })],
    ['with a header more', covers({ 'x-more': 'any' })],
    ['of another time', signedAt(Date.UTC(2026, 1, 10))],
  ])('fits the request as it is sent: %s', (_, bend) => {
    const { sent } = signing(bend)(REQUEST, { keys: KEYS });
    expect(sent.authorization).toBe(expected(sent));
    expect(sent).not.toHaveProperty('host');
  });

  it.each([
    ['another secret', { draft: () => ({ sk: 'another' }) }],
    ['another method', { draft: () => ({ method: 'POST' }) }],
    ['another query', signsUrl((url) => url.searchParams.set('limit', '2'))],
    ['another date', { sent: () => ({ 'x-sdk-date': '20260210T021122Z' }) }],
  ])('does not, where it is made for %s', (_, bend) => {
    const { sent } = signing(bend)(REQUEST, { keys: KEYS });
    expect(sent.authorization).not.toBe(expected(sent));
  });

  it('is shown without a secret, and leaves the request alone', () => {
    const { shown } = signing({ sent: () => ({ 'x-security-token': otherEnd(KEYS.securityToken) }) })(
      REQUEST,
      {
        keys: KEYS,
      },
    );
    expect(JSON.stringify(shown)).not.toMatch(/AKIDOFTHE|the-secret|a-temporary|Signature=[0-9a-f]/);
    expect(REQUEST.url.search).toBe('?limit=1');
  });

  it('cannot be made without keys, which is no failure', () => {
    expect(() => signing()(REQUEST, { token: 'any' })).toThrow('there are no keys to sign with');
  });
});

describe('a token that is nearly right', () => {
  it('is shown without what is right about it, even if a server sends it back', () => {
    const own = { token: 'MIIEAgYJKoZIhvcNAQcC' };
    const { sent, shown } = token('changed', otherEnd)(REQUEST, own);
    expect(sent['X-Auth-Token']).not.toBe(own.token);
    expect(shown).toEqual({ 'X-Auth-Token': '$CONNECTION_RECORDS_AUTH_TOKEN (changed)' });
    expect(redactor(own)(`wrong: ${sent['X-Auth-Token']}`)).not.toContain(own.token.slice(0, 8));
  });
});

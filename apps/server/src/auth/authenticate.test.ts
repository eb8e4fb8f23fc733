import { akSk, type Credentials, token } from '@connection-records/client';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { type Account, createAuthenticator } from './authenticate.ts';
import type { RawRequest } from './canonical.ts';
import { actions, allActions, authorize, type Caller } from './permissions.ts';

const now = Date.parse('2026-02-10T02:11:22Z');
const all = { projects: ['*'], actions: ['*'] };
const accounts: Account[] = [
  { name: 'anna', token: 'token-of-anna', ...all },
  {
    name: 'bo',
    token: 'token-of-bo',
    tokenExpires: now + 1000,
    ak: 'AK',
    sk: 'SK',
    projects: ['p1'],
    actions: [],
  },
  { name: 'cai', ak: 'TEMP', sk: 'SK2', securityToken: 'st', ...all },
];
const authenticate = createAuthenticator({ accounts, now: () => now });

/** What arrives of a request to which the client added its credentials. */
async function sent(credentials?: Credentials, extra: Record<string, string> = {}): Promise<RawRequest> {
  const request = new Request('http://127.0.0.1:4020/v2/p1/export-tasks?limit=1');
  await credentials?.authenticate(request, {
    projectId: 'p1',
    date: new Date(now),
    reason: 'request',
  });
  const headers = { host: '127.0.0.1:4020', ...Object.fromEntries(request.headers), ...extra };
  const { pathname, search } = new URL(request.url);
  return {
    method: 'GET',
    rawUrl: pathname + search,
    rawHeaders: Object.entries(headers).flat(),
    body: Buffer.alloc(0),
  };
}

describe('a request', () => {
  test('with a token is that of its holder', async () => {
    expect(authenticate(await sent(token('token-of-anna')))).toEqual({
      caller: { name: 'anna', projects: ['*'], actions: ['*'], credentialId: 'anna, token' },
    });
  });

  test('with a signature is that of the owner of its key, and comes with the steps', async () => {
    expect(authenticate(await sent(akSk({ ak: 'AK', sk: 'SK' })))).toEqual({
      caller: { name: 'bo', projects: ['p1'], actions: [], credentialId: 'bo, access key' },
      steps: {
        canonicalRequest: expect.stringMatching(/^GET\n\/v2\/p1\/export-tasks\/\nlimit=1\n/),
        stringToSign: expect.any(String),
      },
    });
  });

  test('with a temporary key needs its security token', async () => {
    const right = await sent(akSk({ ak: 'TEMP', sk: 'SK2', securityToken: 'st' }));
    expect(authenticate(right)).toMatchObject({ caller: { name: 'cai' } });
    const wrong = await sent(akSk({ ak: 'TEMP', sk: 'SK2' }));
    expect(authenticate(wrong)).toMatchObject({ refusal: { status: 401, example: 'signatureMismatch' } });
  });

  test.each([
    ['nothing', {}],
    ['an empty token', { 'X-Auth-Token': '' }],
    ['a scheme that is not of this API', { Authorization: 'Bearer token-of-anna' }],
  ])('with %s has no credentials', async (_what, extra) => {
    expect(authenticate(await sent(undefined, extra))).toEqual({
      refusal: { status: 401, example: 'credentialsMissing' },
    });
  });

  test('with a wrong secret is refused, and what the server signed is there to compare', async () => {
    const found = authenticate(await sent(akSk({ ak: 'AK', sk: 'other' })));
    expect(found).toMatchObject({ refusal: { status: 401, example: 'signatureMismatch' }, steps: {} });
  });

  test('with a wrong signature is not saved by a right token that somebody added', async () => {
    const raw = await sent(akSk({ ak: 'AK', sk: 'other' }), { 'X-Auth-Token': 'token-of-anna' });
    expect(authenticate(raw)).toMatchObject({ refusal: { example: 'signatureMismatch' } });
  });

  test('with two tokens is refused', async () => {
    const { rawHeaders, ...rest } = await sent(token('token-of-anna'));
    const found = authenticate({ ...rest, rawHeaders: [...rawHeaders, 'x-auth-token', 'token-of-anna'] });
    expect(found).toMatchObject({ refusal: { example: 'tokenExpired' } });
  });
});

describe('a token', () => {
  test.each(['unknown', 'token-of-ann', 'token-of-annaa', 'TOKEN-OF-ANNA'])(
    '"%s" is refused',
    async (text) => {
      expect(authenticate(await sent(token(text)))).toEqual({
        refusal: { status: 401, example: 'tokenExpired' },
      });
    },
  );

  test('is accepted until it expires, and refused with the time from then on', async () => {
    const raw = await sent(token('token-of-bo'));
    expect(authenticate(raw)).toMatchObject({ caller: { name: 'bo' } });
    const later = createAuthenticator({ accounts, now: () => now + 1000 });
    const message = 'The token expired at 2026-02-10T02:11:23.000Z. Get a new one.';
    expect(later(raw)).toEqual({ refusal: { status: 401, example: 'tokenExpired', message } });
  });
});

describe('a caller', () => {
  const caller = (projects: string[], allowed: string[]): Caller => ({
    name: 'x',
    projects,
    actions: allowed,
    credentialId: 'x',
  });

  test('may do everything in every project with *', () => {
    for (const action of Object.values(actions))
      expect(authorize(caller(['*'], ['*']), 'any', action)).toBeUndefined();
  });

  test('may not use the project of another, and is told which it is', () => {
    expect(authorize(caller(['p1', 'p2'], ['*']), 'p3', undefined)).toEqual({
      status: 403,
      example: 'callerForbidden',
      message: 'These credentials may not use the project p3.',
    });
  });

  test('may not do what no action allows, and is told which it is; a start of an export needs none', () => {
    const one = caller(['p1'], ['workspace:tenants:exportData']);
    expect(authorize(one, 'p1', actions.downloadExportFile)).toBeUndefined();
    expect(authorize(one, 'p1', actions.exportConnectionRecords)).toBeUndefined();
    expect(authorize(one, 'p1', actions.listExportTasks)).toEqual({
      status: 403,
      example: 'permissionMissing',
      message: 'The action workspace:tenants:listExportTasks is not allowed. Ask an administrator for it.',
    });
  });

  test('may not send the id of one project for the path of another, though both are theirs', () => {
    expect(authorize(caller(['*'], ['*']), 'p1', undefined, 'p1')).toBeUndefined();
    expect(authorize(caller(['*'], ['*']), 'p1', undefined, 'p2')).toMatchObject({
      example: 'callerForbidden',
      message: 'X-Project-Id is p2, but the path is that of the project p1. Call the project that you mean.',
    });
  });
});

test('every refusal is an example of the contract, and every action is there once', () => {
  const examples = ['Unauthorized', 'Forbidden'] as const;
  const named = examples.flatMap((name) =>
    Object.keys(contract.components.responses[name].content['application/json'].examples),
  );
  expect(named).toEqual(
    expect.arrayContaining([
      'credentialsMissing',
      'tokenExpired',
      'signatureMismatch',
      'signatureExpired',
      'accessKeyUnknown',
      'accessKeyLocked',
      'callerForbidden',
      'permissionMissing',
    ]),
  );
  expect(new Set(allActions).size).toBe(4);
});

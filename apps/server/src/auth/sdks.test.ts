import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAuthenticator } from './authenticate.ts';
import type { RawRequest } from './canonical.ts';
import { type Handmade, headerOf, project, signedByHand, verifierAt } from './signing.testing.ts';

/**
 * What the vendor's own SDKs sent, unmodified, to a server on this machine that wrote it down: the five operations of the contract,
 * temporary keys, and V11 where the SDK has it. (Node has no package for this service: its core was called with the same operations.)
 */
const recorded = readFileSync(new URL('recorded.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): { sdk: string; request: RawRequest } => {
    const { sdk, body, ...request } = JSON.parse(line);
    return { sdk, request: { ...request, body: Buffer.from(body) } };
  })
  .map(({ sdk, request }): [what: string, request: RawRequest] => {
    const algorithm = headerOf(request, 'Authorization')!.split(' ')[0];
    const path = request.rawUrl.replace(project, 'P').split('?')[0];
    return [`the SDK for ${sdk}: ${algorithm} ${request.method} ${path}`, request];
  });

const keys = { sk: 'SecretKey', projects: [project], actions: ['*'] };
const authenticate = (request: RawRequest) =>
  createAuthenticator({
    accounts: [
      { name: 'permanent', ak: 'AccessKey', ...keys },
      { name: 'temporary', ak: 'TemporaryKey', securityToken: 'the+security/token=', ...keys },
    ],
    now: () => Date.parse('2026-11-23T14:15:20Z'),
  })(request);

test.each(recorded)('is accepted, as sent by %s', (_what, request) => {
  const temporary = headerOf(request, 'X-Security-Token') !== undefined;
  expect(authenticate(request)).toMatchObject({ caller: { name: temporary ? 'temporary' : 'permanent' } });
});

test.each(recorded)('is refused with another project in the path, as sent by %s', (_what, request) => {
  const rawUrl = request.rawUrl.replace(project, project.replace('0', '1'));
  expect(authenticate({ ...request, rawUrl })).toMatchObject({ refusal: { example: 'signatureMismatch' } });
});

test('the recordings hold what the SDKs do differently', () => {
  const signedBy = (sdk: string) => {
    const [, request] = recorded.find(([what]) => what.includes(`for ${sdk} `))!;
    return /SignedHeaders=([^,]*)/.exec(headerOf(request, 'Authorization')!)![1];
  };
  expect(['Python', 'Go', 'Node'].map(signedBy)).toEqual([
    'content-type;host;user-agent;x-project-id;x-sdk-date',
    'user-agent;x-project-id;x-sdk-date',
    'content-type;host;x-project-id;x-sdk-date',
  ]);
  // Go drops the `=` of an empty value, which it signed.
  expect(recorded.some(([, request]) => request.rawUrl.endsWith('&user_name'))).toBe(true);
});

const date = '20260210T021122Z';
const base: Handmade = {
  method: 'GET',
  path: `/v2/${project}/connections/desktops`,
  query: [
    ['user_name', "张三 +&=?#%!'()*~😀@corp.example"],
    ['offset', '0'],
  ],
  signed: { 'x-project-id': project, 'x-sdk-date': date },
  unsigned: { Host: '127.0.0.1:4020', 'Content-Type': 'application/json' },
  body: '',
};
const host = { host: '127.0.0.1:4020' };
const octets = { 'content-type': 'application/octet-stream' };
const open = { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' };
const choices: [string, Partial<Handmade>][] = [
  [
    'Python: host, content type and agent',
    { signed: { ...base.signed, ...host, ...octets, 'user-agent': 'a b' }, unsigned: {} },
  ],
  ['Node: host and content type', { signed: { ...base.signed, ...host, ...octets }, unsigned: {} }],
  ['Go: neither host nor content type', {}],
  [
    'Python: a declared, empty body hashed all the same',
    { signed: { ...base.signed, ...host, ...octets, ...open }, unsigned: {} },
  ],
  [
    'Go and Node: a declared, empty body as declared',
    { signed: { ...base.signed, ...open }, unsigned: { ...host, ...octets }, payload: 'UNSIGNED-PAYLOAD' },
  ],
  [
    'all: an octet stream left open',
    {
      method: 'POST',
      signed: { ...base.signed, ...octets, ...open },
      unsigned: host,
      body: 'abc',
      payload: 'UNSIGNED-PAYLOAD',
    },
  ],
  ['Python: a header in UTF-8', { signed: { ...base.signed, ...host, 'x-name': 'à 张三 à' }, unsigned: {} }],
];

describe('a signature made by hand, with the choices of an SDK', () => {
  test.each(choices)('%s', (_name, choice) => {
    const raw = signedByHand({ ...base, ...choice });
    // Node gives the bytes of a header as latin1.
    const rawHeaders = raw.rawHeaders.map((text) => Buffer.from(text).toString('latin1'));
    expect(verifierAt(new Date('2026-02-10T02:11:22Z'))({ ...raw, rawHeaders })).toMatchObject({ ok: true });
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type SignableRequest, sign, signDerived } from './sign.ts';

// B to E come from the vendor's Python SDK, F and G from its Go SDK; the vendor's Python signer gives H and K as well.
const key = { ak: 'AccessKey', sk: 'SecretKey' };
const scope = { region: 'test-region-1', service: 'demo' };
const size: SignableRequest = {
  method: 'GET',
  url: 'https://service.endpoint.myhuaweicloud.com/resources?size=1',
  headers: { host: 'service.endpoint.myhuaweicloud.com' },
  date: new Date('2020-06-08T02:39:00Z'),
};
const post: SignableRequest = { ...size, method: 'POST', body: '{"name":"test","id":1}' };
const limit: SignableRequest = {
  method: 'GET',
  url: 'https://host/path?limit=1',
  date: new Date('2006-01-02T15:04:05Z'),
};
const workspace = 'https://workspace.cn-north-4.myhuaweicloud.com';
const project = '0123456789abcdef0123456789abcdef';
const ours = {
  headers: { 'X-Project-Id': project, Host: 'workspace.cn-north-4.myhuaweicloud.com' },
  date: new Date('2026-02-10T02:11:22Z'),
};
const filters = new URLSearchParams({
  start_time: '2026-02-01T00:00:00Z',
  end_time: '2026-02-08T00:00:00Z',
  terminal_type: 'Windows 10',
  language: 'zh_CN',
  user_name: '张三@corp.example',
});
const start: SignableRequest = {
  ...ours,
  method: 'GET',
  url: `${workspace}/v3/${project}/desktops/connections/export?${filters}`,
};
const remove: SignableRequest = {
  ...ours,
  method: 'POST',
  url: `${workspace}/v2/${project}/export-tasks/batch-delete`,
  headers: { ...ours.headers, 'Content-Type': 'application/json;charset=UTF-8' },
  body: '{"task_ids":["2b31ed520f00f22aebedb6e57c0ffee0"]}',
};

interface Vector {
  name: string;
  request: SignableRequest;
  derived?: boolean;
  signedHeaders: string;
  hash: string;
  signature: string;
}

const B = 'de94dd1e1ccdb730b403ce35d7e14f7c7b04337f6def1c3a3a2ba936852b133f';
const C = '2b1b2515e48cb55e043ff2ec5b93d3f13ec287e1da1d7a2e4e14b0611a341969';
const F = '85c3b7730f308aee452b16138a42a914397e43a8f0d732dfa521c0ef2afa98a4';
const vectors: Vector[] = [
  {
    name: 'B, a GET',
    request: size,
    signedHeaders: 'host;x-sdk-date',
    hash: B,
    signature: 'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  },
  {
    name: 'C, a POST',
    request: post,
    signedHeaders: 'host;x-sdk-date',
    hash: C,
    signature: '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
  },
  {
    name: 'D, B derived',
    request: size,
    derived: true,
    signedHeaders: 'host;x-sdk-date',
    hash: B,
    signature: 'f7dfee056692e58dede80fc80cb89bbfabf45552dd7cd8d18a0a13484455b98e',
  },
  {
    name: 'E, C derived',
    request: post,
    derived: true,
    signedHeaders: 'host;x-sdk-date',
    hash: C,
    signature: '8e2d91eaf9656ec5d6fab27812e2d898a35aaaa5e16ee0a0365c38527ccfb3cf',
  },
  {
    name: 'F, the date alone signed',
    request: limit,
    signedHeaders: 'x-sdk-date',
    hash: F,
    signature: '5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624',
  },
  {
    name: 'G, F derived',
    request: limit,
    derived: true,
    signedHeaders: 'x-sdk-date',
    hash: F,
    signature: '8fd3610508884bb19718317797c7378716a94bc740d97502e569322e366341cc',
  },
  {
    name: 'H, the start of an export',
    request: start,
    signedHeaders: 'host;x-project-id;x-sdk-date',
    hash: 'e0471e73701497e3a53d3920e19f1d0b21d910dc742e0ecc60cefffc49a04da9',
    signature: '469ed3dfb15a910c757def907d453981c5bc3d08a0121253fc8d2c28a46d3ed3',
  },
  {
    name: 'K, a deletion',
    request: remove,
    signedHeaders: 'content-type;host;x-project-id;x-sdk-date',
    hash: '278c77d1b3ad747a8240603254e23fac7d685922b3f0f14e531b9a8328f8e2ab',
    signature: 'a802d5f246f85f5ff385a30ac364e970ebc1ae7a60938e3e2262055f9c4c8225',
  },
];

describe.each(vectors)('vector $name', ({ request, derived, signedHeaders, hash, signature }) => {
  test('has its canonical request, its string to sign and its signature', async () => {
    const signed = derived ? await signDerived(request, key, scope) : await sign(request, key);
    expect(createHash('sha256').update(signed.canonicalRequest).digest('hex')).toBe(hash);
    expect(signed.canonicalRequest.split('\n').at(-2)).toBe(signedHeaders);
    expect(signed.stringToSign.split('\n').at(-1)).toBe(hash);
    expect(signed.signature).toBe(signature);
  });
});

test('the Authorization header names the key, the signed headers and the signature', async () => {
  const { headers } = await sign(size, key);
  expect(headers).toEqual({
    'X-Sdk-Date': '20200608T023900Z',
    Authorization:
      'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  });
  const derivedHeaders = (await signDerived(size, key, scope)).headers;
  expect(derivedHeaders.Authorization).toMatch(
    /^V11-HMAC-SHA256 Credential=AccessKey\/20200608\/test-region-1\/demo, SignedHeaders=host;x-sdk-date, Signature=f7df/,
  );
});

test('the canonical query is sorted, repeats a name with its values in order, and encodes all but unreserved characters', async () => {
  const query = new URLSearchParams({ limit: '1', enable: 'true', test: '一 (&=?!#%.*)', path: '/tmp/123' });
  for (const value of ['3', '1', '2']) query.append('multi', value);
  const { canonicalRequest } = await sign({ ...size, url: `https://host/?${query}` }, key);
  expect(canonicalRequest.split('\n')[2]).toBe(
    'enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29',
  );
});

test('the canonical query of vector H encodes a blank as %20 and Chinese as UTF-8', async () => {
  const { canonicalRequest } = await sign(start, key);
  expect(canonicalRequest.split('\n')[2]).toBe(
    'end_time=2026-02-08T00%3A00%3A00Z&language=zh_CN&start_time=2026-02-01T00%3A00%3A00Z&terminal_type=Windows%2010&user_name=%E5%BC%A0%E4%B8%89%40corp.example',
  );
});

test('an empty value stays, and a path that is encoded already is not encoded twice', async () => {
  const { canonicalRequest } = await sign({ ...size, url: 'https://host/a%20b/%E4%B8%80?empty=' }, key);
  expect(canonicalRequest.split('\n').slice(1, 3)).toEqual(['/a%20b/%E4%B8%80/', 'empty=']);
});

test('a body declared unsigned is signed as the declaration says', async () => {
  const headers = { ...size.headers, 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' };
  const { canonicalRequest } = await sign({ ...size, headers, body: 'anything' }, key);
  expect(canonicalRequest.split('\n').at(-1)).toBe('UNSIGNED-PAYLOAD');
});

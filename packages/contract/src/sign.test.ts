import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encode, sdkDate, sign } from './sign.ts';

const PROJECT = '0123456789abcdef0123456789abcdef';
const RESOURCES = 'https://service.endpoint.myhuaweicloud.com/resources?size=1';
const WORKSPACE = 'https://workspace.cn-north-4.myhuaweicloud.com';
const host = (url: string) => new URL(url).host;

const OURS = { host: host(WORKSPACE), 'X-Project-Id': PROJECT, 'X-Sdk-Date': '20260210T021122Z' };
const FILTERS = [
  ['start_time', '2026-02-01T00:00:00Z'],
  ['end_time', '2026-02-08T00:00:00Z'],
  ['terminal_type', 'Windows 10'],
  ['language', 'zh_CN'],
  ['user_name', '张三@corp.example'],
] as const;

interface Vector {
  name: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  canonicalHash: string;
  signature: string;
}

const VECTORS: Vector[] = [
  {
    name: 'B, of the official Python SDK: a GET',
    request: {
      method: 'GET',
      url: RESOURCES,
      headers: { host: host(RESOURCES), 'X-Sdk-Date': '20200608T023900Z' },
    },
    canonicalHash: 'de94dd1e1ccdb730b403ce35d7e14f7c7b04337f6def1c3a3a2ba936852b133f',
    signature: 'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  },
  {
    name: 'C, of the official Python SDK: a POST with a body',
    request: {
      method: 'POST',
      url: RESOURCES,
      headers: { host: host(RESOURCES), 'X-Sdk-Date': '20200608T023900Z' },
      body: '{"name":"test","id":1}',
    },
    canonicalHash: '2b1b2515e48cb55e043ff2ec5b93d3f13ec287e1da1d7a2e4e14b0611a341969',
    signature: '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
  },
  {
    name: 'F, of the official Go SDK: the date is the only header signed',
    request: {
      method: 'GET',
      url: 'https://any.example/path?limit=1',
      headers: { 'X-Sdk-Date': '20060102T150405Z' },
    },
    canonicalHash: '85c3b7730f308aee452b16138a42a914397e43a8f0d732dfa521c0ef2afa98a4',
    signature: '5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624',
  },
  {
    name: 'H: an export with a Chinese user name and a space',
    request: {
      method: 'GET',
      url: `${WORKSPACE}/v3/${PROJECT}/desktops/connections/export?${FILTERS.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`,
      headers: OURS,
    },
    canonicalHash: 'e0471e73701497e3a53d3920e19f1d0b21d910dc742e0ecc60cefffc49a04da9',
    signature: '469ed3dfb15a910c757def907d453981c5bc3d08a0121253fc8d2c28a46d3ed3',
  },
  {
    name: 'K: a batch delete, whose media type is signed too',
    request: {
      method: 'POST',
      url: `${WORKSPACE}/v2/${PROJECT}/export-tasks/batch-delete`,
      headers: { ...OURS, 'Content-Type': 'application/json;charset=UTF-8' },
      body: '{"task_ids":["2b31ed520f00f22aebedb6e57c0ffee0"]}',
    },
    canonicalHash: '278c77d1b3ad747a8240603254e23fac7d685922b3f0f14e531b9a8328f8e2ab',
    signature: 'a802d5f246f85f5ff385a30ac364e970ebc1ae7a60938e3e2262055f9c4c8225',
  },
];

describe('the signer', () => {
  it.each(VECTORS)('gives the known signature of vector $name', ({ request, canonicalHash, signature }) => {
    const signed = sign({ ...request, url: new URL(request.url) }, 'AccessKey', 'SecretKey');
    expect(createHash('sha256').update(signed.canonicalRequest).digest('hex')).toBe(canonicalHash);
    expect(signed.signature).toBe(signature);
  });

  it('writes the canonical query of the SDKs, repeated names and awkward characters included', () => {
    const pairs = [
      ['limit', '1'],
      ['enable', 'true'],
      ['test', '一 (&=?!#%.*)'],
      ['path', '/tmp/123'],
      ['multi', '3'],
      ['multi', '1'],
      ['multi', '2'],
    ] as const;
    const query = pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&');
    const signed = sign(
      { method: 'GET', url: new URL(`https://any.example/?${query}`), headers: {} },
      'a',
      's',
    );
    expect(signed.canonicalRequest.split('\n')[2]).toBe(
      'enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29',
    );
  });

  it('puts the access key, the signed headers and the signature in the Authorization header', () => {
    const [vector] = VECTORS;
    if (!vector) throw new Error('no vector');
    const signed = sign({ ...vector.request, url: new URL(vector.request.url) }, 'AccessKey', 'SecretKey');
    expect(signed.authorization).toBe(
      `SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=${vector.signature}`,
    );
  });

  it('writes a date as the signature wants it', () => {
    expect(sdkDate(new Date('2026-02-10T02:11:22.987Z'))).toBe('20260210T021122Z');
  });
});

import { createHash } from 'node:crypto';
import type { SignableRequest } from '@connection-records/client';
import { describe, expect, test } from 'vitest';
import { headerOf, project, signedByClient, verifierAt, withHeader } from './signing.testing.ts';

// api-facts 5.4. B to E come from the vendor's Python SDK, F and G from its Go SDK; the vendor's Python signer gives H and K too.
const size: SignableRequest = {
  method: 'GET',
  url: 'https://service.endpoint.myhuaweicloud.com/resources?size=1',
  headers: { host: 'service.endpoint.myhuaweicloud.com' },
  date: new Date('2020-06-08T02:39:00Z'),
};
const post = { ...size, method: 'POST', body: '{"name":"test","id":1}' };
const limit = { method: 'GET', url: 'https://host/path?limit=1', date: new Date('2006-01-02T15:04:05Z') };
const workspace = 'https://workspace.cn-north-4.myhuaweicloud.com';
const ours = {
  headers: { 'X-Project-Id': project, Host: 'workspace.cn-north-4.myhuaweicloud.com' },
  date: new Date('2026-02-10T02:11:22Z'),
};
const filters =
  'end_time=2026-02-08T00%3A00%3A00Z&language=zh_CN&start_time=2026-02-01T00%3A00%3A00Z&terminal_type=Windows%2010&user_name=%E5%BC%A0%E4%B8%89%40corp.example';
const start = {
  ...ours,
  method: 'GET',
  url: `${workspace}/v3/${project}/desktops/connections/export?${filters}`,
};
const remove = {
  ...ours,
  method: 'POST',
  url: `${workspace}/v2/${project}/export-tasks/batch-delete`,
  headers: { ...ours.headers, 'Content-Type': 'application/json;charset=UTF-8' },
  body: '{"task_ids":["2b31ed520f00f22aebedb6e57c0ffee0"]}',
};

const B = 'de94dd1e1ccdb730b403ce35d7e14f7c7b04337f6def1c3a3a2ba936852b133f';
const C = '2b1b2515e48cb55e043ff2ec5b93d3f13ec287e1da1d7a2e4e14b0611a341969';
const F = '85c3b7730f308aee452b16138a42a914397e43a8f0d732dfa521c0ef2afa98a4';
const H = 'e0471e73701497e3a53d3920e19f1d0b21d910dc742e0ecc60cefffc49a04da9';
const K = '278c77d1b3ad747a8240603254e23fac7d685922b3f0f14e531b9a8328f8e2ab';
const vectors: [name: string, request: SignableRequest, derived: boolean, hash: string, signature: string][] =
  [
    ['B, a GET', size, false, B, 'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842'],
    ['C, a POST', post, false, C, '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f'],
    ['D, B derived', size, true, B, 'f7dfee056692e58dede80fc80cb89bbfabf45552dd7cd8d18a0a13484455b98e'],
    ['E, C derived', post, true, C, '8e2d91eaf9656ec5d6fab27812e2d898a35aaaa5e16ee0a0365c38527ccfb3cf'],
    [
      'F, the date alone',
      limit,
      false,
      F,
      '5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624',
    ],
    ['G, F derived', limit, true, F, '8fd3610508884bb19718317797c7378716a94bc740d97502e569322e366341cc'],
    ['H, an export', start, false, H, '469ed3dfb15a910c757def907d453981c5bc3d08a0121253fc8d2c28a46d3ed3'],
    ['K, a deletion', remove, false, K, 'a802d5f246f85f5ff385a30ac364e970ebc1ae7a60938e3e2262055f9c4c8225'],
  ];

describe.each(vectors)('vector %s', (_name, request, derived, hash, signature) => {
  test('is accepted with the published signature, canonical request and string to sign', async () => {
    const raw = await signedByClient(request, derived);
    // The header with the published signature, not with the one that the client made.
    const published = headerOf(raw, 'Authorization')!.replace(/[0-9a-f]{64}$/, signature);
    const found = verifierAt(request.date)(withHeader(raw, 'Authorization', published));
    expect(found).toMatchObject({ ok: true, accessKey: 'AccessKey' });
    expect(createHash('sha256').update(found.steps!.canonicalRequest).digest('hex')).toBe(hash);
    const date = headerOf(raw, 'X-Sdk-Date')!;
    const head = derived
      ? ['V11-HMAC-SHA256', date, `${date.slice(0, 8)}/test-region-1/demo`]
      : ['SDK-HMAC-SHA256', date];
    expect(found.steps!.stringToSign).toBe([...head, hash].join('\n'));
  });

  test('is refused with another signature', async () => {
    const raw = await signedByClient(request, derived);
    const wrong = headerOf(raw, 'Authorization')!.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const found = verifierAt(request.date)(withHeader(raw, 'Authorization', wrong));
    expect(found).toMatchObject({ ok: false, reason: 'signatureMismatch' });
  });
});

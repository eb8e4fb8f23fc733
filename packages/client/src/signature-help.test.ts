import { describe, expect, test } from 'vitest';
import { akSk, token } from './credentials.ts';
import { clientOf, json, projectId } from './testing/service.ts';

const refused = async (error_msg: string, headers = {}, options = {}) => {
  const { client } = clientOf([json({ error_code: 'APIGW.0301', error_msg }, 401, headers)], {
    credentials: akSk({ ak: 'AK', sk: 'very-secret', securityToken: 'as-secret' }),
    ...options,
  });
  const result = await client.operations.listExportTasks({ limit: 5 });
  if (result.ok) throw new Error('It should have been refused.');
  return result.error;
};
const elsewhere = { region: undefined, baseUrl: 'https://proxy.example' };

describe('of a signature that is refused, the error says to look first at', () => {
  test.each<[string, string, object, object]>([
    // Signed again with the time that the answer told, and refused all the same.
    ['key', 'verify aksk signature fail', { Date: 'Tue, 10 Feb 2026 02:41:22 GMT' }, {}],
    ['clock', 'The signature has expired.', {}, {}],
    ['clock', '签名已过期', {}, elsewhere],
    ['project', 'The project does not exist in this region.', {}, {}],
    ['key', 'Check the secret key, and the signed headers (host, x-project-id, x-sdk-date).', {}, {}],
    ['key', 'The access key does not exist.', {}, elsewhere],
    ['key', 'AK access failed to reach the limit', {}, elsewhere],
    ['key', 'verify aksk signature fail', { Date: 'Tue, 10 Feb 2026 02:11:23 GMT' }, {}],
    ['host', 'verify aksk signature fail', {}, elsewhere],
  ])('the %s after "%s"', async (part, reason, headers, options) => {
    const error = await refused(reason, headers, options);
    expect(error.lookFirstAt).toBe(part);
    expect(error.message).toMatch(new RegExp(` Look first at the ${part}\\.$`));
  });
});

test('the error carries what was signed, without the secret and the token of temporary keys', async () => {
  const { canonicalRequest, stringToSign, ...error } = await refused('verify aksk signature fail');
  expect(canonicalRequest).toBe(`GET
/v2/${projectId}/export-tasks/
limit=5
host:workspace.cn-north-4.myhuaweicloud.com
x-project-id:${projectId}
x-sdk-date:20260210T021122Z
x-security-token:***

host;x-project-id;x-sdk-date;x-security-token
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`);
  expect(stringToSign).toMatch(/^SDK-HMAC-SHA256\n20260210T021122Z\n[0-9a-f]{64}$/);
  expect(JSON.stringify([canonicalRequest, stringToSign, error])).not.toMatch(/very-secret|as-secret/);
});

test('a refused token is no matter of a signature', async () => {
  const error = await refused('Token is wrong.', {}, { credentials: token('t') });
  expect(error.lookFirstAt).toBeUndefined();
  expect(error.canonicalRequest).toBeUndefined();
});

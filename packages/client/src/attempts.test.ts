import { afterEach, describe, expect, test, vi } from 'vitest';
import { akSk, token } from './credentials.ts';
import type { RetryEvent } from './index.ts';
import { clientOf, json, listOf, taskId } from './testing/service.ts';

const status = (code: number, headers = {}) => new Response(null, { status: code, headers });
const broken = new TypeError('fetch failed');
const half = { random: () => 0.5 };

describe('a list or a download is asked for again', () => {
  test.each<[string, Response | Error]>([
    ['too many requests', status(429)],
    ['a bad gateway', status(502)],
    ['a service that is out of order', status(503)],
    ['a gateway that waited in vain', status(504)],
    ['no answer', broken],
    ['JSON that breaks off', new Response('{"export_tasks": [')],
  ])('after %s', async (_, answer) => {
    const { client, requests } = clientOf([answer, listOf()]);
    expect(await client.operations.listExportTasks()).toMatchObject({ ok: true });
    expect(requests).toHaveLength(2);
    const { client: other } = clientOf([answer, new Response('a')]);
    if (!(answer instanceof Response && answer.ok))
      expect(await other.operations.downloadExportFile(taskId)).toMatchObject({ ok: true });
  });

  test('after pauses that grow, and are drawn at random', async () => {
    const { client, sleeps } = clientOf([broken], { ...half, retry: { retries: 7 } });
    await expect(client.operations.listExportTasks()).rejects.toBe(broken);
    expect(sleeps).toEqual([0.25, 0.5, 1, 2, 4, 4, 4]);
  });

  test('not before the service says so, in seconds or by its clock', async () => {
    const date = { Date: 'Tue, 10 Feb 2026 02:11:22 GMT', 'Retry-After': 'Tue, 10 Feb 2026 02:11:52 GMT' };
    const { client, sleeps } = clientOf([status(429, { 'Retry-After': '20' }), status(503, date), listOf()]);
    expect(await client.operations.listExportTasks()).toMatchObject({ ok: true });
    expect(sleeps).toEqual([20, 30]);
  });

  test('4 times unless told otherwise, and then the last answer is the result', async () => {
    const { client, requests } = clientOf([status(503)]);
    expect(await client.operations.listExportTasks()).toMatchObject({ ok: false, error: { status: 503 } });
    expect(requests).toHaveLength(5);
    await client.operations.listConnectionRecords({}, { retry: { retries: 1 } });
    expect(requests).toHaveLength(7);
  });

  test('for a minute unless told otherwise', async () => {
    const answers = [status(429, { 'Retry-After': '40' })];
    const { client, requests } = clientOf(answers);
    await client.operations.listExportTasks();
    expect(requests).toHaveLength(2);
    const { client: patient, requests: more } = clientOf(answers, { retry: { retryForMs: 100_000 } });
    await patient.operations.listExportTasks();
    expect(more).toHaveLength(3);
  });

  test('not once the signal aborts, whose reason is the error', async () => {
    const stop = new AbortController();
    const { client, requests } = clientOf([broken], { onRetry: () => stop.abort('enough') });
    await expect(client.operations.listExportTasks({}, { signal: stop.signal })).rejects.toBe('enough');
    expect(requests).toHaveLength(1);
  });

  test.each([400, 403, 404, 500])('not after %i', async (code) => {
    const { client, requests } = clientOf([status(code)]);
    await client.operations.listExportTasks();
    expect(requests).toHaveLength(1);
  });

  test('not if it is the credentials that fail, since nothing was sent', async () => {
    const credentials = token(() => Promise.reject(broken));
    const { client, requests } = clientOf([listOf()], { credentials });
    await expect(client.operations.listExportTasks()).rejects.toBe(broken);
    expect(requests).toEqual([]);
  });
});

test('a deletion is sent once, whatever becomes of it', async () => {
  for (const answer of [status(503), broken]) {
    const { client, requests } = clientOf([answer]);
    await client.operations.deleteExportTasks([taskId]).catch(() => {});
    expect(requests).toHaveLength(1);
  }
});

test.each(['retries', 'retryForMs', 'attemptTimeoutMs'])('%s that is no number is refused', async (name) => {
  const retry = { [name]: Number.NaN };
  expect(() => clientOf([], { retry })).toThrow(new RangeError(`retry.${name} must be 0 or more, not NaN.`));
  await expect(clientOf([]).client.operations.listExportTasks({}, { retry })).rejects.toThrow(RangeError);
});

describe('an attempt that takes too long', () => {
  afterEach(() => void vi.useRealTimers());

  test('is given up, its request let go, and another one is made', async () => {
    vi.useFakeTimers();
    const requests: Request[] = [];
    const never = (request: Request) => {
      requests.push(request);
      return requests.length === 1 ? new Promise<Response>(() => {}) : Promise.resolve(listOf());
    };
    const { client } = clientOf([], { fetch: never, retry: { attemptTimeoutMs: 5000 } });
    const listing = client.operations.listExportTasks();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await listing).toMatchObject({ ok: true });
    expect(requests[0]!.signal.reason).toMatchObject({
      name: 'TimeoutError',
      message: 'No answer within 5000 ms.',
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is one whose body does not come, too', async () => {
    vi.useFakeTimers();
    const stuck = () => new Response(new ReadableStream());
    let answers = 0;
    const fetch = async () => (answers++ === 0 ? stuck() : listOf());
    const { client } = clientOf([], { fetch });
    const listing = client.operations.listExportTasks();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await listing).toMatchObject({ ok: true });
  });
});

describe('a token that the service calls outdated', () => {
  const outdated = json({ error_code: 'APIGW.0307', error_msg: 'Expired.' }, 401);

  test('is renewed once, and the call made again, also one that is never repeated otherwise', async () => {
    const reasons: string[] = [];
    const credentials = token(({ reason }) => `token-${reasons.push(reason)}`);
    const { client, requests, sleeps } = clientOf([outdated, json({ task_id: taskId })], { credentials });
    expect(await client.operations.exportConnectionRecords()).toMatchObject({ ok: true });
    expect(reasons).toEqual(['request', 'renew']);
    expect(requests.map(({ headers }) => headers.get('X-Auth-Token'))).toEqual(['token-1', 'token-2']);
    expect(sleeps).toEqual([]);
  });

  test('is not renewed twice', async () => {
    const { client, requests } = clientOf([outdated], { credentials: token(() => 't') });
    expect(await client.operations.listExportTasks()).toMatchObject({ error: { code: 'APIGW.0307' } });
    expect(requests).toHaveLength(2);
  });

  test('cannot be renewed if it is all there is', async () => {
    const { client, requests } = clientOf([outdated]);
    expect(await client.operations.listExportTasks()).toMatchObject({ error: { code: 'APIGW.0307' } });
    expect(requests).toHaveLength(1);
  });
});

describe('a signature that a wrong clock made', () => {
  const keys = { credentials: akSk({ ak: 'a', sk: 's' }) };
  const late = json({ error_code: 'APIGW.0301', error_msg: 'The signature has expired.' }, 401, {
    Date: 'Tue, 10 Feb 2026 03:00:00 GMT',
  });

  test('is made again with the time that the service tells, which later calls keep to', async () => {
    const { client, requests } = clientOf([late, listOf()], keys);
    expect(await client.operations.listExportTasks()).toMatchObject({ ok: true });
    await client.operations.listExportTasks();
    expect(requests.map(({ headers }) => headers.get('X-Sdk-Date'))).toEqual([
      '20260210T021122Z',
      '20260210T030000Z',
      '20260210T030000Z',
    ]);
  });

  test('is made again once, and a time that was no help is forgotten', async () => {
    const { client, requests } = clientOf([late], keys);
    expect(await client.operations.listExportTasks()).toMatchObject({ error: { lookFirstAt: 'clock' } });
    await client.operations.listExportTasks();
    expect(requests[2]!.headers.get('X-Sdk-Date')).toBe('20260210T021122Z');
    expect(requests).toHaveLength(4);
  });

  test('is not made again if the clocks agree, or the answer has no time', async () => {
    for (const headers of [{ Date: 'Tue, 10 Feb 2026 02:20:00 GMT' }, {}]) {
      const { client, requests } = clientOf([status(401, headers)], keys);
      await client.operations.listExportTasks();
      expect(requests).toHaveLength(1);
    }
  });
});

describe('the hooks', () => {
  test('are told what goes on, and nothing that is secret or personal', async () => {
    const events: [string, object][] = [];
    const { client } = clientOf([status(503, { 'X-Request-Id': 'r1' }), listOf()], {
      ...half,
      credentials: akSk({ ak: 'an-access-key', sk: 'a-secret', securityToken: 'a-security-token' }),
      onRequest: (event) => events.push(['request', event]),
      onResponse: (event) => events.push(['response', event]),
      onRetry: (event) => events.push(['retry', event]),
    });
    await client.operations.listConnectionRecords({ user_name: 'zhang3' });
    const url = expect.stringMatching(/^https:\/\/workspace\.cn-north-4\.myhuaweicloud\.com\/v2\/[^?]+$/);
    const about = { operationId: 'listConnectionRecords', attempt: 1 };
    expect(events.slice(0, 4)).toEqual([
      ['request', { ...about, method: 'GET', url }],
      ['response', { ...about, method: 'GET', url, status: 503, requestId: 'r1', elapsedMs: 0 }],
      ['retry', { ...about, problem: expect.any(Error), action: 'repeat', pauseMs: 250 }],
      ['request', { ...about, attempt: 2, method: 'GET', url }],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/an-access-key|a-secret|a-security-token|zhang3|Signature/);
  });

  test('are told of a redirect without its query, which may be a credential', async () => {
    const urls: string[] = [];
    const Location = 'https://files.example/x?signature=1';
    const { client } = clientOf([status(302, { Location }), new Response('a')], {
      onRequest: ({ url }) => urls.push(url),
    });
    await client.operations.downloadExportFile(taskId);
    expect(urls[1]).toBe('https://files.example/x');
  });

  test('are told of what is done about credentials', async () => {
    const actions: RetryEvent['action'][] = [];
    const outdated = json({ error_code: 'APIGW.0307', error_msg: 'Expired.' }, 401);
    const { client } = clientOf([outdated, listOf()], {
      credentials: token(() => 't'),
      onRetry: ({ action }) => actions.push(action),
    });
    await client.operations.listExportTasks();
    expect(actions).toEqual(['renew']);
  });
});

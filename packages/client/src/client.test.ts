import { describe, expect, test } from 'vitest';
import { type ClientOptions, createClient } from './client.ts';
import { akSk, token } from './credentials.ts';
import { unwrap } from './error.ts';
import { clientOf, json, listOf, projectId, taskId } from './testing/service.ts';

describe('a client is refused', () => {
  const right = { region: 'cn-north-4', projectId, credentials: token('a-token') };
  test.each<[string, object, RegExp]>([
    [
      'without a region and a base URL',
      { region: undefined },
      /either region, such as cn-north-4, or baseUrl/,
    ],
    ['with both of them', { baseUrl: 'http://127.0.0.1' }, /either region, such as cn-north-4, or baseUrl/],
    [
      'with a base URL that is none',
      { region: undefined, baseUrl: 'localhost:4010' },
      /"localhost:4010" is not an http or https URL/,
    ],
    [
      'with a base URL that has a query',
      { region: undefined, baseUrl: 'http://host/?a=b' },
      /to which a path can be added/,
    ],
    [
      'with a region that is none',
      { region: 'CN North' },
      /"https:\/\/workspace.CN North.myhuaweicloud.com" is not/,
    ],
    ['without a project', { projectId: '' }, /projectId is missing/],
    ['without credentials', { credentials: undefined }, /credentials are missing. Give token/],
  ])('%s', (_, wrong, message) => {
    expect(() => createClient({ ...right, ...wrong } as ClientOptions)).toThrow(message);
  });

  test('with a key that lacks its half, without showing the other half', () => {
    expect(() => akSk({ ak: 'an-access-key', sk: '' })).toThrow(
      /^akSk needs an access key and its secret; sk is empty.$/,
    );
    expect(() => akSk({ ak: '', sk: 'a-secret' })).toThrow(
      /^akSk needs an access key and its secret; ak is empty.$/,
    );
  });
});

describe('a request', () => {
  test('goes to the region, with the filters that are given and no others', async () => {
    const { client, requests } = clientOf([json({ task_id: taskId })]);
    const filters = {
      terminal_type: 'Windows 10',
      user_name: '张三@corp.example',
      public_ip: undefined,
    } as object;
    expect(unwrap(await client.operations.exportConnectionRecords(filters))).toEqual({ task_id: taskId });
    expect(requests[0]!.url).toBe(
      `https://workspace.cn-north-4.myhuaweicloud.com/v3/${projectId}/desktops/connections/export?terminal_type=Windows%2010&user_name=%E5%BC%A0%E4%B8%89%40corp.example`,
    );
  });

  test('keeps the path of a base URL', async () => {
    const { client, requests } = clientOf([listOf()], {
      region: undefined,
      baseUrl: 'http://127.0.0.1:4010/workspace/',
    } as object);
    await client.operations.listExportTasks({ limit: 5 });
    expect(requests[0]!.url).toBe(`http://127.0.0.1:4010/workspace/v2/${projectId}/export-tasks?limit=5`);
  });

  test('carries the token, asked for anew each time', async () => {
    const tokens = ['first', 'second'];
    const { client, requests } = clientOf([listOf()], { credentials: token(async () => tokens.shift()!) });
    await client.operations.listExportTasks();
    await client.operations.listExportTasks();
    expect(requests.map(({ headers }) => headers.get('X-Auth-Token'))).toEqual(['first', 'second']);
  });

  test('is not sent with an empty token', async () => {
    const { client, requests } = clientOf([listOf()], { credentials: token(() => '') });
    await expect(client.operations.listExportTasks()).rejects.toThrow(/The token is empty/);
    expect(requests).toEqual([]);
  });

  test('is signed as vector K', async () => {
    const { client, requests } = clientOf([new Response(null)], {
      credentials: akSk({ ak: 'AccessKey', sk: 'SecretKey' }),
    });
    expect(await client.operations.deleteExportTasks([taskId])).toMatchObject({ ok: true, data: undefined });
    expect(Object.fromEntries(requests[0]!.headers)).toEqual({
      authorization:
        'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=a802d5f246f85f5ff385a30ac364e970ebc1ae7a60938e3e2262055f9c4c8225',
      'content-type': 'application/json;charset=UTF-8',
      'x-project-id': projectId,
      'x-sdk-date': '20260210T021122Z',
    });
    expect(await requests[0]!.text()).toBe(`{"task_ids":["${taskId}"]}`);
  });

  test('sends and signs the token of temporary keys', async () => {
    const { client, requests } = clientOf([listOf()], {
      credentials: akSk({ ak: 'a', sk: 's', securityToken: 't' }),
    });
    await client.operations.listExportTasks();
    expect(requests[0]!.headers.get('X-Security-Token')).toBe('t');
    expect(requests[0]!.headers.get('Authorization')).toContain(
      'SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,',
    );
  });

  test('ends when its signal aborts', async () => {
    const { client } = clientOf([listOf()], {
      fetch: (request: Request) => Promise.reject(request.signal.reason),
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(client.operations.listExportTasks({}, { signal })).rejects.toThrow('enough');
  });
});

describe('a redirect', () => {
  const to = (location: string) => new Response(null, { status: 302, headers: { Location: location } });

  test('to another origin is followed without the credentials', async () => {
    for (const credentials of [token('a-token'), akSk({ ak: 'a', sk: 's', securityToken: 't' })]) {
      const { client, requests } = clientOf(
        [to('https://files.example/x?signature=1'), new Response('a,b\n')],
        { credentials },
      );
      const stream = unwrap(await client.operations.downloadExportFile(taskId));
      expect(await new Response(stream).text()).toBe('a,b\n');
      expect(requests[1]!.url).toBe('https://files.example/x?signature=1');
      expect([...requests[1]!.headers]).toEqual([]);
    }
  });

  test('within the origin is followed with them', async () => {
    const { client, requests } = clientOf([to('/elsewhere'), listOf()]);
    expect(unwrap(await client.operations.listExportTasks()).count).toBe(0);
    expect(requests[1]!.url).toBe('https://workspace.cn-north-4.myhuaweicloud.com/elsewhere');
    expect(requests[1]!.headers.get('X-Auth-Token')).toBe('a-token');
  });

  test('that never ends is an error', async () => {
    const { client, requests } = clientOf([to('/again')]);
    expect(await client.operations.listExportTasks()).toMatchObject({ ok: false, error: { status: 302 } });
    expect(requests).toHaveLength(6);
  });
});

describe('an answer', () => {
  const list = async (answer: Response) => clientOf([answer]).client.operations.listExportTasks();

  test.each<[string, Response, object]>([
    [
      'of Workspace',
      json({ error_code: 'WKS.00010099', error_msg: 'Not enabled.' }, 403, { 'X-Request-Id': 'r1' }),
      { status: 403, code: 'WKS.00010099', reason: 'Not enabled.', requestId: 'r1' },
    ],
    [
      'of the gateway',
      json({ error_code: 'APIGW.0307', error_msg: 'Expired.', request_id: 'r2' }, 401),
      { status: 401, code: 'APIGW.0307', reason: 'Expired.', requestId: 'r2' },
    ],
    [
      'of a policy',
      json({ error_code: 'WKS.1', error_msg: 'No.', encoded_authorization_message: 'abc' }, 403),
      { code: 'WKS.1', encodedAuthorizationMessage: 'abc' },
    ],
    [
      'of IAM',
      json({ error: { code: 401, message: 'Unauthorized', title: 'x' } }, 401),
      { code: '401', reason: 'Unauthorized' },
    ],
    ['in camel case', json({ errorCode: 'A.1', errorMsg: 'No.' }, 400), { code: 'A.1', reason: 'No.' }],
    ['with code and message', json({ code: 'B.2', message: 'No.' }, 400), { code: 'B.2', reason: 'No.' }],
    [
      'with nested details',
      json({ details: [{ error_code: 'C.3', error_msg: 'No.' }] }, 400),
      { code: 'C.3', reason: 'No.' },
    ],
    [
      'in text, from a proxy',
      new Response('<h1>Bad Gateway</h1>', { status: 502 }),
      { status: 502, code: 'HTTP.502', reason: '<h1>Bad Gateway</h1>' },
    ],
    [
      'with nothing at all',
      new Response(null, { status: 500 }),
      { status: 500, code: 'HTTP.500', reason: undefined, body: undefined },
    ],
    ['with JSON that says nothing', json(null, 500), { status: 500, code: 'HTTP.500', reason: undefined }],
    [
      'with 200 and an error in the body',
      json({ error_code: 'WKS.00010109', error_msg: 'No.' }),
      { status: 200, code: 'WKS.00010109' },
    ],
    [
      'with 200 and a page instead of JSON',
      new Response('<h1>Log in</h1>'),
      { status: 200, code: 'HTTP.200', reason: '<h1>Log in</h1>' },
    ],
    ['with 200 and null', json(null), { status: 200, code: 'HTTP.200' }],
    ['with 200 and no body', new Response(null), { status: 200, code: 'HTTP.200' }],
  ])('%s is an ApiError', async (_, answer, error) => {
    const result = await list(answer);
    expect(result).toMatchObject({
      ok: false,
      error: { name: 'ApiError', operationId: 'listExportTasks', ...error },
    });
    expect(() => unwrap(result)).toThrow(expect.objectContaining(error));
  });

  test('that is an error says all of it in one line', async () => {
    const answer = json({ error_code: 'WKS.00010099', error_msg: 'Workspace is not enabled.' }, 403, {
      'X-Request-Id': '9f2d',
    });
    await expect(unwrap(list(answer))).rejects.toThrow(
      'listExportTasks got 403 WKS.00010099: Workspace is not enabled. (request 9f2d)',
    );
  });

  test('with the code for success is a success', async () => {
    expect(
      await list(json({ error_code: 'WKS.00000000', error_msg: 'ok', export_tasks: [], count: 0 })),
    ).toMatchObject({ ok: true });
  });

  test('that never comes is the error of fetch', async () => {
    const { client } = clientOf([new TypeError('fetch failed')]);
    await expect(client.operations.listExportTasks()).rejects.toThrow('fetch failed');
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
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
      /without user, query and fragment/,
    ],
    ['with a base URL without a host', { region: undefined, baseUrl: 'http:/x' }, /"http:\/x" is not/],
    ['with a region that is none', { region: 'CN North' }, /^"CN North" is not the id of a region/],
    ['with a region that is a host', { region: 'x.example/#' }, /^"x.example\/#" is not the id of a region/],
    ['without a project', { projectId: '' }, /projectId is missing/],
    [
      'with a project that is a step in a path',
      { projectId: '..' },
      /projectId is missing, or is no id: ".."/,
    ],
    ['without credentials', { credentials: undefined }, /credentials are missing.* Give token/],
    ['with a token that is no credentials yet', { credentials: 'a-token' }, /credentials are missing/],
  ])('%s', (_, wrong, message) => {
    const create = () => createClient({ ...right, ...wrong } as ClientOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(TypeError);
  });

  test.each(['https://me:secret@host', 'https:me:secret@host', 'https://me:secret\\@host', 'me:secret@host'])(
    'with a password in its base URL, which is not shown',
    (baseUrl) => {
      const create = () => createClient({ baseUrl, projectId, credentials: token('a-token') });
      expect(create).toThrow(/^baseUrl is not an http or https URL without user/);
    },
  );

  test('with a key that lacks its half, without showing the other half', () => {
    expect(() => akSk({ ak: 'an-access-key', sk: '' })).toThrow(
      /^akSk needs an access key and its secret; sk is empty.$/,
    );
    expect(() => akSk({ ak: '', sk: 'a-secret' })).toThrow(
      /^akSk needs an access key and its secret; ak is empty.$/,
    );
  });
});

test('a base URL may be in capitals', () => {
  const client = createClient({ baseUrl: 'HTTP://HOST', projectId, credentials: token('a-token') });
  expect(client.baseUrl).toBe('HTTP://HOST');
});

describe('a request', () => {
  test.each(['', '.', '..'])(
    'is not sent for the file of task "%s", which would be another address',
    async (id) => {
      const { client, requests } = clientOf([listOf()]);
      await expect(client.operations.downloadExportFile(id)).rejects.toThrow(TypeError);
      expect(requests).toEqual([]);
    },
  );

  test('takes no option but those that are documented', async () => {
    const { client, requests } = clientOf([listOf()]);
    const stray = {
      baseUrl: 'http://evil.example',
      headers: { 'X-Stray': '1' },
      params: {},
      fetch: 1,
      redirect: 'follow',
    };
    await client.operations.listExportTasks({}, stray as object);
    await client.operations.downloadExportFile(taskId, stray as object);
    await client.operations.deleteExportTasks([taskId], stray as object);
    for (const { url, headers, redirect } of requests) {
      expect(url).toContain('https://workspace.cn-north-4.myhuaweicloud.com/v2/');
      expect(headers.has('X-Stray')).toBe(false);
      expect(redirect).toBe('manual');
    }
    expect(requests).toHaveLength(3);
  });

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

describe('the clock of the runtime', () => {
  const { clock } = createClient({ region: 'cn-north-4', projectId, credentials: token('a-token') });
  afterEach(() => vi.useRealTimers());

  test('tells the time', () => {
    vi.useFakeTimers({ now: 42 });
    expect(clock.now()).toBe(42);
  });

  test('sleeps as long as it is told, and then lets go of the signal', async () => {
    vi.useFakeTimers();
    const { signal } = new AbortController();
    const letGo = vi.spyOn(signal, 'removeEventListener');
    const awake = vi.fn();
    const sleep = clock.sleep(2000, signal).then(awake);
    await vi.advanceTimersByTimeAsync(1999);
    expect(awake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await sleep;
    expect(letGo).toHaveBeenCalledWith('abort', expect.any(Function));
  });

  test('wakes as soon as the signal aborts, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const sleep = clock.sleep(2000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not fall asleep if the signal has aborted', async () => {
    vi.useFakeTimers();
    await expect(clock.sleep(2000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });
});

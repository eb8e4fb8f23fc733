import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleOf, examples, readContract } from './contract.testing.ts';
import { type Mock, startMock } from './mock.ts';

const project = '0123456789abcdef0123456789abcdef';
const token = { 'X-Auth-Token': 'any' };
const refused: string[] = [];
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ onRefused: (line) => refused.push(line) });
});
afterAll(() => mock.close());

const call = (path: string, init: RequestInit = {}) => fetch(`${mock.url}${path}`, init);
const tasks = `/v2/${project}/export-tasks`;
const download = `${tasks}/2b31ed520f00f22aebedb6e57c0ffee0/download`;
const remove = (body: string, headers = {}) =>
  call(`${tasks}/batch-delete`, {
    method: 'POST',
    headers: { ...token, 'Content-Type': 'application/json', ...headers },
    body,
  });

describe('every named example of the contract', () => {
  test.each(examples)('$operationId $status $name is reachable by its name', async (example) => {
    const { method, path, name, status, mediaType, value } = example;
    const headers = { ...token, Prefer: `example=${name}`, 'Content-Type': 'application/json' };
    const body = method === 'post' ? '{"task_ids":["a"]}' : null;
    const answer = await call(path, { method, headers, body });
    expect(answer.status).toBe(Number(status));
    expect(answer.headers.get('Content-Type')).toBe(mediaType);
    expect(answer.headers.get('X-Request-Id')).toBeTruthy();
    expect(mediaType === 'application/json' ? await answer.json() : await answer.text()).toEqual(value);
  });

  test('is in the README', async () => {
    const rows = new Map<string, string[]>();
    for (const { operationId, status, name } of examples) {
      const row = `| \`${operationId}\` | ${status} |`;
      rows.set(row, [...(rows.get(row) ?? []), `\`${name}\``]);
    }
    const table = [...rows].map(([row, names]) => `${row} ${names.join(', ')} |`).join('\n');
    expect(await readFile(new URL('../README.md', import.meta.url), 'utf8')).toContain(table);
  });
});

test('an example can be asked for with its status, in any spelling of the header that RFC 7240 allows', async () => {
  for (const prefer of [
    'code=404, example=taskNotFound',
    'example="taskNotFound"; code=404',
    'wait=5,example = taskNotFound',
  ]) {
    const answer = await call(download, { headers: { ...token, Prefer: prefer } });
    expect([answer.status, await answer.json()], prefer).toEqual([404, exampleOf('taskNotFound')]);
  }
});

test('a status alone gives its first example', async () => {
  const answer = await call(tasks, { headers: { ...token, Prefer: 'code=429' } });
  expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
});

test('the names of preferences may be written in any case', async () => {
  for (const name of ['Example', 'EXAMPLE']) {
    const answer = await call(tasks, { headers: { ...token, Prefer: `${name}=noTasks` } });
    expect(await answer.json(), name).toEqual(exampleOf('noTasks'));
  }
  expect((await call(tasks, { headers: { ...token, Prefer: 'Code=429' } })).status).toBe(429);
});

test.each([
  ['example=noTasks', 'the example "noTasks"'],
  ['example=nonsense', 'the example "nonsense"'],
  ['example=', 'the example ""'],
  ['example', 'the example ""'],
  ['code=418', 'status "418"'],
  ['code=abc', 'status "abc"'],
  ['code=default', 'status "default"'],
  ['code=', 'status ""'],
  ['code=200, example=fileExpired', 'the example "fileExpired" with status "200"'],
])('Prefer: %s, which the operation does not have, is refused, and said', async (prefer, what) => {
  const answer = await call(download, { headers: { ...token, Prefer: prefer } });
  expect([answer.status, (await answer.json()).error_msg]).toEqual([
    400,
    `Prefer asks for ${what}, which this operation does not have.`,
  ]);
});

test('a download is a small real file with its name', async () => {
  const answer = await call(download, { headers: token });
  expect(answer.headers.get('Content-Type')).toBe('text/csv');
  expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename=".+\.csv"$/);
  const [header, ...rows] = (await answer.text()).trimEnd().split('\n');
  expect(header?.split(',').length).toBeGreaterThan(10);
  expect(rows.length).toBeGreaterThan(0);
});

test('a list asked for one task shows that one, whichever it is', async () => {
  const ask = async (example: string) =>
    (await call(`${tasks}?task_id=mine`, { headers: { ...token, Prefer: `example=${example}` } })).json();
  expect(await ask('exportFailed')).toMatchObject({ export_tasks: [{ task_id: 'mine', status: 'FAIL' }] });
  expect(await ask('noTasks')).toEqual(exampleOf('noTasks'));
});

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

test.each(['application/json', workbook, 'text/csv', 'garbage', 'text', ',', '*/*;q=x'])(
  'Accept: %s changes nothing: a download is what the contract has an example of',
  async (accept) => {
    const ask = async (prefer: string) => {
      const answer = await call(download, { headers: { ...token, Accept: accept, Prefer: prefer } });
      return [answer.status, answer.headers.get('Content-Type')];
    };
    expect(await ask('wait=0')).toEqual([200, 'text/csv']);
    expect(await ask('code=404')).toEqual([404, 'application/json']);
    expect(await ask('example=fileExpired')).toEqual([404, 'application/json']);
  },
);

describe('a request that breaks the contract', () => {
  test.each<[string, () => Promise<Response>, number, string, RegExp]>([
    [
      'without credentials',
      () => call(tasks),
      401,
      'credentialsMissing',
      /^No credentials: send X-Auth-Token, or sign the request\.$/,
    ],
    [
      'with a bare word for a signature',
      () => call(tasks, { headers: { Authorization: 'x' } }),
      401,
      'credentialsMissing',
      /SDK-HMAC-SHA256 Access=<AK>, SignedHeaders=<a;b;c>, Signature=<hex>/,
    ],
    [
      'with basic credentials',
      () => call(tasks, { headers: { Authorization: 'Basic abc' } }),
      401,
      'credentialsMissing',
      /no signature of the form/,
    ],
    [
      'with a signature that lacks its signed headers',
      () => call(tasks, { headers: { Authorization: 'SDK-HMAC-SHA256 Access=a, Signature=00' } }),
      401,
      'credentialsMissing',
      /no signature of the form/,
    ],
    [
      'without credentials and with a body that is not JSON',
      () => remove('{task', { 'X-Auth-Token': '' }),
      401,
      'credentialsMissing',
      /^No credentials/,
    ],
    [
      'with a path that cannot be decoded',
      () => call('/v2/%zz/export-tasks', { headers: token }),
      400,
      'invalidParameter',
      /^The path has a % that encodes nothing: \/v2\/%zz\/export-tasks$/,
    ],
    ...['limit', 'offset', 'is_download', 'status', 'sort_type', 'task_id'].map(
      (name): [string, () => Promise<Response>, number, string, RegExp] => [
        `with an empty ${name}`,
        () => call(`${tasks}?${name}=`, { headers: token }),
        400,
        'invalidParameter',
        new RegExp(`^Request query parameter ${name} must not be empty$`),
      ],
    ),
    [
      'with a limit out of range',
      () => call(`${tasks}?limit=101`, { headers: token }),
      400,
      'invalidParameter',
      /limit must be <= 100/,
    ],
    [
      'with an unknown status',
      () => call(`${tasks}?status=DONE`, { headers: token }),
      400,
      'invalidParameter',
      /CREATING, SUCCESS, FAIL, EXPIRED/,
    ],
    [
      'with two mistakes',
      () => call(`${tasks}?limit=0&offset=-1`, { headers: token }),
      400,
      'invalidParameter',
      /offset must be >= 0.*limit must be >= 1/,
    ],
    ['with a repeated id', () => remove('{"task_ids":["a","a"]}'), 400, 'invalidParameter', /duplicate/],
    ['with a body that is not JSON', () => remove('{task'), 400, 'invalidParameter', /not JSON/],
    ...['text/plain', 'json', ','].map((type): [string, () => Promise<Response>, number, string, RegExp] => [
      `with a body of the type ${type}`,
      () => remove('{"task_ids":["a"]}', { 'Content-Type': type }),
      400,
      'invalidParameter',
      new RegExp(`^Content-Type is ${type}; the body has to be application/json\\.$`),
    ]),
    [
      'with a body of no type',
      () => call(`${tasks}/batch-delete`, { method: 'POST', headers: token, body: Buffer.from('{}') }),
      400,
      'invalidParameter',
      /^Content-Type is missing; the body has to be application\/json\.$/,
    ],
    [
      'with a body larger than 12 MB',
      () => remove(`{"task_ids":["${'a'.repeat(12 * 1024 * 1024)}"]}`),
      400,
      'invalidParameter',
      /^The body is larger than 12 MB\.$/,
    ],
    ['without a body', () => remove(''), 400, 'invalidParameter', /required/],
    [
      'to a path that is not there',
      () => call('/v1/nothing', { headers: token }),
      404,
      'apiNotFound',
      /^There is no such path here: \/v1\/nothing$/,
    ],
    [
      'to a path with a slash too many',
      () => call(`/${tasks}`, { headers: token }),
      404,
      'apiNotFound',
      /^There is no such path here: \/\/v2\//,
    ],
    [
      'with another method',
      () => call(tasks, { method: 'PATCH', headers: token }),
      405,
      'methodNotAllowed',
      /^PATCH is not a method of \/v2\/\w+\/export-tasks; it has GET\.$/,
    ],
  ])(
    '%s is refused in the contract’s own shape, and logged, with the reason',
    async (_, send, status, like, reason) => {
      refused.length = 0;
      const answer = await send();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('X-Request-Id')).toBeTruthy();
      const body = await answer.json();
      expect(body).toMatchObject({
        error_code: exampleOf(like).error_code,
        error_msg: expect.stringMatching(reason),
      });
      if (body.request_id) expect(body.request_id).toBe(answer.headers.get('X-Request-Id'));
      expect(refused).toEqual([
        expect.stringMatching(new RegExp(`^(GET|POST|PATCH) /.* was refused with ${status}: .+`)),
      ]);
    },
  );
});

test('a method that a path does not have is answered with those that it has', async () => {
  const answer = await call(`${tasks}/batch-delete`, { headers: token });
  expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST']);
});

test('a request without a readable path is refused, and one that breaks off ends nothing but itself', async () => {
  refused.length = 0;
  const { hostname, port } = new URL(mock.url);
  const raw = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString());
      });
      if (text.includes('Content-Length')) socket.once('connect', () => socket.end(() => resolve('')));
    });
  expect(await raw('OPTIONS * HTTP/1.1\r\nHost: mock\r\n\r\n')).toMatch(
    /^HTTP\/1.1 400 [\s\S]*no path that can be read/,
  );
  await raw(`POST ${tasks}/batch-delete HTTP/1.1\r\nHost: mock\r\nContent-Length: 99\r\n\r\n{"task`);
  expect((await call(tasks, { headers: token })).status).toBe(200);
  expect(refused).toEqual(['OPTIONS * was refused with 400: The request has no path that can be read.']);
});

test.each<[string, Record<string, string>]>([
  ['a token', token],
  ['a signature', { Authorization: 'SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature=00' }],
  [
    'a signature with a derived key',
    {
      Authorization:
        'V11-HMAC-SHA256 Credential=a/20260210/cn-north-4/workspace, SignedHeaders=x-sdk-date, Signature=0f',
    },
  ],
  ['a token beside an Authorization of a proxy', { ...token, Authorization: 'Basic abc' }],
])('%s will do', async (_, headers) => {
  expect((await call(tasks, { headers })).status).toBe(200);
});

test('the media type of a deletion may carry a charset, as the vendor’s does, and be written in any case', async () => {
  for (const type of ['application/json;charset=UTF-8', 'APPLICATION/JSON'])
    expect((await remove('{"task_ids":["a"]}', { 'Content-Type': type })).status, type).toBe(200);
});

test('an answer without a body has no media type', async () => {
  const answer = await remove('{"task_ids":["a"]}');
  expect([answer.status, answer.headers.get('Content-Type'), await answer.text()]).toEqual([200, null, '']);
});

test('a page of any origin may call, with the headers that it signs, and read the headers of the answer', async () => {
  const asked = 'authorization,x-project-id,x-sdk-date';
  const headers = {
    Origin: 'http://page',
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': asked,
  };
  const preflight = await call(tasks, { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe(asked);
  expect(preflight.headers.get('Access-Control-Allow-Methods')).toContain('POST');
  const answer = await call(tasks, { headers: { ...token, Origin: 'http://page' } });
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('*');
});

describe('startMock', () => {
  test('rejects when the port is in use', async () => {
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test.each([
    [{ port: 'x' as never }, /^port is 'x'\. Give a whole number from 0 to 65535\.$/],
    [{ port: 70_000 }, /^port is 70000\. Give/],
    [{ port: Number.NaN }, /^port is NaN\. Give/],
    [{ port: -1 }, /^port is -1\. Give/],
    [{ host: '' }, /^host is empty\. Give an address/],
    [{ spec: '' }, /^spec is empty\. Give the path/],
  ])('rejects %j, and says what would do', async (options, message) => {
    await expect(startMock(options)).rejects.toThrow(message);
  });

  test.each([
    ['neither JSON nor YAML', 'a: [b\n c: }', /^invalid mixed usage of block and flow styles at .*\d$/],
    ['empty', '', /^it has neither an object in JSON nor one in YAML$/],
    ['another thing', '{}', /^Unsupported document format$/],
  ])('names a document once that is %s, and says what is wrong with it', async (_, content, reason) => {
    const broken = join(tmpdir(), `broken-${process.pid}.yaml`);
    await writeFile(broken, content);
    const { message } = await startMock({ spec: broken }).then(
      () => expect.fail('it started'),
      (error: Error) => error,
    );
    await rm(broken);
    const [before, after, ...more] = message.split(broken);
    expect([before, more]).toEqual(['Cannot read the OpenAPI document ', []]);
    expect(after?.slice(2)).toMatch(reason);
  });

  test('rejects when the document cannot be read, or has no operation, and says which', async () => {
    await expect(startMock({ spec: '/nowhere/openapi.yaml' })).rejects.toThrow(
      /^Cannot read the OpenAPI document \/nowhere\/openapi.yaml: ENOENT: no such file or directory$/,
    );
    const empty = join(tmpdir(), `empty-${process.pid}.yaml`);
    await writeFile(empty, 'openapi: 3.1.0\ninfo: { title: empty, version: "1" }\npaths: {}\n');
    await expect(startMock({ spec: empty })).rejects.toThrow(/has no operations/);
    await rm(empty);
  });

  test('answers with the examples of the document that it is given', async () => {
    const contract = await readContract();
    contract.components.examples.exportStarted!.value = { task_id: 'changed' };
    const changed = join(tmpdir(), `changed-${process.pid}.json`);
    await writeFile(changed, JSON.stringify(contract));
    const other = await startMock({ spec: changed });
    const answer = await fetch(`${other.url}/v3/${project}/desktops/connections/export`, { headers: token });
    expect(await answer.json()).toEqual({ task_id: 'changed' });
    await other.close();
    await rm(changed);
  });

  test('answers 500, and logs it, when the document has what cannot be sent', async () => {
    const contract = await readContract();
    contract.components.headers!.XRequestId = { required: true, schema: { type: 'string' }, example: '下载' };
    const changed = join(tmpdir(), `unsendable-${process.pid}.json`);
    await writeFile(changed, JSON.stringify(contract));
    const lines: string[] = [];
    const other = await startMock({ spec: changed, onRefused: (line) => lines.push(line) });
    const answer = await fetch(`${other.url}${tasks}`, { headers: token });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      error_code: exampleOf('internalError').error_code,
      error_msg: expect.stringMatching(/^The mock failed: Invalid character in header/),
    });
    expect(lines).toEqual([expect.stringMatching(/^GET .* was refused with 500: The mock failed: /)]);
    await other.close();
    await rm(changed);
  });

  test('stops when it is closed, also while a connection is open', async () => {
    const other = await startMock();
    await (await fetch(other.url)).text();
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });

  test('may be closed twice', async () => {
    const other = await startMock();
    await Promise.all([other.close(), other.close()]);
    await expect(other.close()).resolves.toBeUndefined();
  });
});

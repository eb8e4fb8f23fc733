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

test('an example or a status that the operation does not have is refused, and said', async () => {
  const ask = async (prefer: string) => {
    const answer = await call(download, { headers: { ...token, Prefer: prefer } });
    return [answer.status, (await answer.json()).error_msg];
  };
  const of = (what: string) => [400, `Prefer asks for ${what}, which this operation does not have.`];
  expect(await ask('example=noTasks')).toEqual(of('the example noTasks'));
  expect(await ask('example=nonsense')).toEqual(of('the example nonsense'));
  expect(await ask('code=418')).toEqual(of('status 418'));
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

test('a workbook, of which the contract has no example, is not acceptable rather than made up', async () => {
  const headers = { ...token, Accept: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
  const answer = await call(download, { headers });
  expect(answer.status).toBe(406);
  expect(await answer.json()).toMatchObject({ error_msg: expect.stringContaining('Unable to find content') });
});

describe('a request that breaks the contract', () => {
  test.each<[string, () => Promise<Response>, number, string, RegExp]>([
    ['without credentials', () => call(tasks), 401, 'credentialsMissing', /./],
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
    [
      'with a body of another type',
      () => remove('task', { 'Content-Type': 'text/plain' }),
      400,
      'invalidParameter',
      /application\/json/,
    ],
    ['without a body', () => remove(''), 400, 'invalidParameter', /required/],
    [
      'to a path that is not there',
      () => call('/v1/nothing', { headers: token }),
      404,
      'apiNotFound',
      /\/v1\/nothing/,
    ],
    [
      'with another method',
      () => call(tasks, { method: 'PUT', headers: token }),
      405,
      'methodNotAllowed',
      /"put"/,
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
      if (body.request_id && status !== 401) expect(body.request_id).toBe(answer.headers.get('X-Request-Id'));
      expect(refused).toEqual([
        expect.stringMatching(new RegExp(`^(GET|POST|PUT) /.* was refused with ${status}: .+`)),
      ]);
    },
  );
});

test('a request without a readable path is refused, and one that breaks off ends nothing but itself', async () => {
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
  expect(await raw('GET // HTTP/1.1\r\nHost: mock\r\n\r\n')).toMatch(
    /^HTTP\/1.1 400 [\s\S]*no path that can be read/,
  );
  await raw(`POST ${tasks}/batch-delete HTTP/1.1\r\nHost: mock\r\nContent-Length: 99\r\n\r\n{"task`);
  expect((await call(tasks, { headers: token })).status).toBe(200);
});

test('either kind of credentials will do', async () => {
  const signature = 'SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature=00';
  for (const headers of [
    token,
    { Authorization: signature, 'X-Sdk-Date': '20260210T021122Z' },
  ] as HeadersInit[]) {
    expect((await call(tasks, { headers })).status).toBe(200);
  }
});

test('the media type of a deletion may carry a charset, as the vendor’s does', async () => {
  expect(
    (await remove('{"task_ids":["a"]}', { 'Content-Type': 'application/json;charset=UTF-8' })).status,
  ).toBe(200);
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

  test('rejects when the document cannot be read, or has no operation, and says which', async () => {
    await expect(startMock({ spec: '/nowhere/openapi.yaml' })).rejects.toThrow(
      /Cannot read the OpenAPI document \/nowhere\/openapi.yaml/,
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

  test('stops when it is closed, also while a connection is open', async () => {
    const other = await startMock();
    await (await fetch(other.url)).text();
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });
});

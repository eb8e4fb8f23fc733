import { describe, expect, test } from 'vitest';
import { unwrap } from './error.ts';
import { clientOf, json, taskId } from './testing/service.ts';

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
    [
      'with 200 and no list',
      json({ count: 0 }),
      { status: 200, reason: 'the answer is not what the operation promises' },
    ],
    ['with 200 and a list that is none', json({ export_tasks: {}, count: 0 }), { status: 200 }],
    [
      'with an error two deep',
      json({ error: { inner: { error_code: 'D.4', error_msg: 'No.' } } }, 400),
      { code: 'D.4', reason: 'No.' },
    ],
    [
      'with fields that are no text',
      json({ error_code: { toString: 1 }, message: { a: 1 } }, 400),
      { code: 'HTTP.400', reason: undefined },
    ],
    [
      'with a time to wait',
      new Response(null, { status: 429, headers: { 'Retry-After': '30' } }),
      { retryAfter: 30 },
    ],
    [
      'with a time to wait that is a date',
      new Response(null, { status: 503, headers: { 'Retry-After': 'Sun' } }),
      { retryAfter: 0 },
    ],
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

  // Read in steps that grow with its square, it would take longer than any test may.
  test('of 20 MB of text is an error that says its beginning', async () => {
    const result = await list(new Response('x'.repeat(20_000_000), { status: 502 }));
    expect(result).toMatchObject({ ok: false, error: { code: 'HTTP.502', reason: 'x'.repeat(200) } });
  });

  test.each([{}, { task_id: null }, { task_id: '' }, { task_id: 7 }, []])(
    'that starts an export without the id of its task is an ApiError: %j',
    async (body) => {
      const { client } = clientOf([json(body)]);
      expect(await client.operations.exportConnectionRecords()).toMatchObject({
        ok: false,
        error: { status: 200 },
      });
    },
  );

  test('without a list of records is an ApiError', async () => {
    const { client } = clientOf([json({ records: null })]);
    expect(await client.operations.listConnectionRecords()).toMatchObject({
      ok: false,
      error: { status: 200 },
    });
  });

  test.each<[string, Response]>([
    ['nothing', new Response(null)],
    ['text', new Response('deleted')],
    ['null', json(null)],
    ['anything else', json({ deleted: 1 })],
  ])('of %s to a deletion is a success', async (_, answer) => {
    const result = await clientOf([answer]).client.operations.deleteExportTasks([taskId]);
    expect(result).toMatchObject({ ok: true, data: undefined });
  });

  test('that is an error in spite of its 200 is no successful deletion', async () => {
    const { client } = clientOf([json({ error_code: 'WKS.1', error_msg: 'No.' })]);
    expect(await client.operations.deleteExportTasks([taskId])).toMatchObject({
      ok: false,
      error: { code: 'WKS.1' },
    });
  });
});

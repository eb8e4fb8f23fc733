import { describe, expect, test } from 'vitest';
import { akSk, token } from './credentials.ts';
import { unwrap } from './error.ts';
import { clientOf, json, listOf, taskId } from './testing/service.ts';

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

  test('lets go of the answer that it leaves behind', async () => {
    let cancelled = false;
    const cancel = () => {
      cancelled = true;
    };
    const answers = [
      new Response(new ReadableStream({ cancel }), { status: 302, headers: { Location: '/elsewhere' } }),
      listOf(),
    ];
    const { client } = clientOf([], { fetch: async () => answers.shift()! });
    expect(await client.operations.listExportTasks()).toMatchObject({ ok: true });
    expect(cancelled).toBe(true);
  });

  test('to another origin is an error of every operation but the download, since its query may hold names', async () => {
    const { client, requests } = clientOf([to('https://elsewhere.example/')]);
    const { operations } = client;
    for (const answer of [
      await operations.exportConnectionRecords({ user_name: 'zhang3' }),
      await operations.listExportTasks(),
      await operations.listConnectionRecords({ user_name: 'zhang3' }),
      await operations.deleteExportTasks([taskId]),
    ])
      expect(answer).toMatchObject({ ok: false, error: { status: 302, code: 'HTTP.302' } });
    expect(requests).toHaveLength(4);
  });

  test.each([
    'http://[',
    'https://me:secret@files.example/x',
    'file:///etc/passwd',
    'data:text/csv,a',
    'javascript:0',
  ])('to %s is an error', async (where) => {
    const { client, requests } = clientOf([to(where)]);
    expect(await client.operations.downloadExportFile(taskId)).toMatchObject({
      ok: false,
      error: { status: 302 },
    });
    expect(requests).toHaveLength(1);
  });

  test('is none with a status that is none, whatever its Location', async () => {
    for (const status of [201, 401]) {
      const { client, requests } = clientOf([
        json({ error_code: 'A.1', error_msg: 'No.' }, status, { Location: '/x' }),
      ]);
      expect(await client.operations.listExportTasks()).toMatchObject({
        ok: false,
        error: { status, code: 'A.1' },
      });
      expect(requests).toHaveLength(1);
    }
  });

  test('that a browser hides is an error that says so', async () => {
    const hidden = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
    const { client } = clientOf([], { fetch: async () => hidden });
    expect(await client.operations.downloadExportFile(taskId)).toMatchObject({
      ok: false,
      error: {
        status: 0,
        reason: 'the answer is a redirect, which a browser hides',
      },
    });
  });
});

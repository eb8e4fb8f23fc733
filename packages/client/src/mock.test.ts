import { type Mock, startMock } from '@connection-records/mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { akSk, createClient, exportConnectionRecords, token, unwrap } from './index.ts';
import { projectId } from './testing/service.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe.each([
  ['a token', token('any')],
  ['a signature', akSk({ ak: 'any', sk: 'any' })],
])('against the mock, with %s', (_, credentials) => {
  const connect = () => createClient({ baseUrl: mock.url, projectId, credentials });

  test('an export goes from its start to its file', async () => {
    const file = await exportConnectionRecords(connect(), { terminal_type: 'Windows 10', language: 'en_US' });
    expect(file).toMatchObject({ fileName: expect.stringMatching(/\.csv$/), mediaType: 'text/csv' });
    expect(await new Response(file.stream).text()).toMatch(/^\w[\w ]*,.*\n/);
  });

  test('records are listed and tasks are deleted', async () => {
    const { operations } = connect();
    const { records, total_count } = unwrap(
      await operations.listConnectionRecords({
        limit: 2,
        start_time: '2026-02-01T00:00Z',
        end_time: '2026-02-08T00:00Z',
      }),
    );
    expect(records).toHaveLength(total_count);
    expect(await operations.deleteExportTasks(['any-task'])).toMatchObject({ ok: true });
  });

  test('a refusal says what is wrong with the request', async () => {
    await expect(unwrap(connect().operations.listExportTasks({ limit: 500 }))).rejects.toMatchObject({
      status: 400,
      reason: expect.stringContaining('limit must be <= 100'),
    });
  });
});

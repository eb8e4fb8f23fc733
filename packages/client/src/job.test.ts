import { describe, expect, test } from 'vitest';
import { ApiError } from './error.ts';
import { exportConnectionRecords, resumeExport } from './job.ts';
import { startExport } from './start.ts';
import { clientOf, json, listOf, task, taskId } from './testing/service.ts';
import type { ExportProgress } from './wait.ts';

const outcome = (of: Promise<unknown>) =>
  of.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('startExport', () => {
  test('resolves to the id of the task, and writes a Date to the second', async () => {
    const { client, requests } = clientOf([json({ task_id: taskId })]);
    const window = { start_time: new Date('2026-02-01T00:00:00.999Z'), end_time: '2026-02-08T00:00:00Z' };
    expect(await startExport(client, { ...window, language: 'zh_CN' })).toBe(taskId);
    expect(Object.fromEntries(new URL(requests[0]!.url).searchParams)).toEqual({
      start_time: '2026-02-01T00:00:00Z',
      end_time: '2026-02-08T00:00:00Z',
      language: 'zh_CN',
    });
  });

  test('sends nothing for a window or a range that is the wrong way round', async () => {
    const { client, requests } = clientOf([json({ task_id: taskId })]);
    const time = '2026-02-08T00:00:00Z';
    await expect(startExport(client, { start_time: time, end_time: time })).rejects.toThrow(
      'start_time 2026-02-08T00:00:00Z is not before end_time 2026-02-08T00:00:00Z.',
    );
    await expect(startExport(client, { min_e2e_rtt: 300, max_e2e_rtt: 50 })).rejects.toThrow(
      'min_e2e_rtt 300 is above max_e2e_rtt 50.',
    );
    expect(requests).toEqual([]);
    await startExport(client, { min_e2e_rtt: 50, max_e2e_rtt: 50 });
    await startExport(client, { min_e2e_rtt: 50 });
    await startExport(client, { max_e2e_rtt: 50 });
    await startExport(client, { max_e2e_rtt: -5 });
    expect(requests).toHaveLength(4);
  });

  test('rounds a window of Dates outward, so that no record of it is lost', async () => {
    const { client, requests } = clientOf([json({ task_id: taskId })]);
    const time = new Date('2026-02-01T00:00:00.001Z');
    await startExport(client, { start_time: time, end_time: time });
    const { searchParams } = new URL(requests[0]!.url);
    expect(searchParams.get('start_time')).toBe('2026-02-01T00:00:00Z');
    expect(searchParams.get('end_time')).toBe('2026-02-01T00:00:01Z');
  });

  test.each(['start_time', 'end_time'])(
    'sends nothing for a %s that is none, and says its form',
    async (name) => {
      const { client, requests } = clientOf([json({ task_id: taskId })]);
      const form = 'must be a Date, or UTC like 2026-02-01T00:00:00Z, not';
      for (const [time, shown] of [
        [new Date('x'), 'Invalid Date'],
        ['2026-02-01T00:00Z', '2026-02-01T00:00Z'],
        ['2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
        ['2026-02-01 00:00:00', '2026-02-01 00:00:00'],
      ])
        expect(await outcome(startExport(client, { [name]: time }))).toEqual(
          new RangeError(`${name} ${form} "${shown}".`),
        );
      expect(requests).toEqual([]);
    },
  );

  test('asks once, and passes a refusal on', async () => {
    const { client, requests } = clientOf([json({ error_code: 'APIGW.0308', error_msg: 'Slow down.' }, 429)]);
    await expect(startExport(client)).rejects.toThrow(ApiError);
    expect(requests).toHaveLength(1);
  });

  test('takes an answer without a task id for an error', async () => {
    await expect(startExport(clientOf([json({})]).client)).rejects.toMatchObject({
      name: 'ApiError',
      status: 200,
    });
  });
});

test('exportConnectionRecords starts, waits and downloads, and tells the task id before anything can go wrong', async () => {
  const file = new Response('Connected User\n', { headers: { 'Content-Type': 'application/octet-stream' } });
  const { client, requests } = clientOf([
    json({ task_id: taskId }),
    listOf(task('SUCCESS', { file_name: 'week.csv' })),
    file,
  ]);
  const ids: string[] = [];
  const exported = await exportConnectionRecords(
    client,
    {},
    { onProgress: (progress) => ids.push(progress.taskId) },
  );
  expect(exported).toMatchObject({ taskId, fileName: 'week.csv', mediaType: 'text/csv' });
  expect(await new Response(exported.stream).text()).toBe('Connected User\n');
  expect(new Set(ids)).toEqual(new Set([taskId]));
  expect(requests.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual([
    'export',
    'export-tasks',
    'download',
  ]);
});

describe('what ends exportConnectionRecords after the start has the task id', () => {
  const started = json({ task_id: taskId });
  const done = listOf(task('SUCCESS'));
  const refused = json({ error_code: 'WKS.1', error_msg: 'No.' }, 403);

  test.each<[string, (Response | Error)[], object]>([
    ['a refused poll', [started, refused], { name: 'ApiError', code: 'WKS.1', taskId }],
    ['a refused download', [started, done, refused], { name: 'ApiError', code: 'WKS.1', taskId }],
    ['a failed task', [started, listOf(task('FAIL'))], { name: 'ExportError', outcome: 'FAIL', taskId }],
    [
      'a download that breaks',
      [started, done, new TypeError('fetch failed')],
      { name: 'ExportError', outcome: 'INTERRUPTED', taskId, cause: new TypeError('fetch failed') },
    ],
  ])('%s', async (_, answers, error) => {
    expect(await outcome(exportConnectionRecords(clientOf(answers).client))).toMatchObject(error);
  });

  test('a signal that aborts, whose reason is the cause', async () => {
    const stop = new AbortController();
    const { client } = clientOf([started, listOf(task('CREATING'))]);
    const exporting = exportConnectionRecords(
      client,
      {},
      {
        signal: stop.signal,
        onProgress: () => stop.abort('enough'),
      },
    );
    expect(await outcome(exporting)).toMatchObject({ outcome: 'INTERRUPTED', taskId, cause: 'enough' });
  });

  test('and before the start there is none to have', async () => {
    const error = await outcome(exportConnectionRecords(clientOf([refused]).client));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).not.toHaveProperty('taskId');
  });

  test('nothing is started that could not be waited for', async () => {
    const { client, requests } = clientOf([started]);
    await expect(exportConnectionRecords(client, {}, { timeoutMs: -1 })).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });
});

describe('the state of a job', () => {
  const done = [listOf(task('CREATING')), listOf(task('SUCCESS')), new Response('Connected User\n')];

  /** The state after the first poll, at which the process ends. */
  async function interrupted() {
    const { client } = clientOf([json({ task_id: taskId }), listOf(task('CREATING'))]);
    const stop = new AbortController();
    let last: ExportProgress | undefined;
    const onProgress = (progress: ExportProgress) => {
      last = progress;
      if (progress.polls === 2) stop.abort();
    };
    await expect(exportConnectionRecords(client, {}, { signal: stop.signal, onProgress })).rejects.toThrow();
    return last!.state;
  }

  test('is a line of text with which another process goes on, its time as well', async () => {
    const state = await interrupted();
    expect(state).toMatch(/^.+$/);
    expect(state).not.toContain('a-token');
    const { client } = clientOf(done);
    await client.clock.sleep(60_000);
    const told: ExportProgress[] = [];
    const file = await resumeExport(client, state, { onProgress: (progress) => told.push(progress) });
    expect(await new Response(file.stream).text()).toBe('Connected User\n');
    expect(told[0]).toMatchObject({ taskId, polls: 0, elapsedMs: 60_000, state });
    expect(told.at(-1)).toMatchObject({
      polls: 2,
      elapsedMs: 62_000,
      task: { status: 'SUCCESS' },
      download: { received: 15, size: undefined },
    });
  });

  test('is refused by a client of another project or server, and if it is none', async () => {
    const state = await interrupted();
    const { client } = clientOf(done, { projectId: 'another' });
    await expect(resumeExport(client, state)).rejects.toThrow(
      'The state is of projectId 0123456789abcdef0123456789abcdef, and the client of another.',
    );
    for (const none of ['', taskId, '{}', 'null'])
      await expect(resumeExport(client, none)).rejects.toThrow('This is not the state of an export.');
  });
});

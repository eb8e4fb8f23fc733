import { describe, expect, test } from 'vitest';
import { ApiError } from './error.ts';
import { exportConnectionRecords, startExport, waitForExport } from './job.ts';
import { clientOf, json, listOf, task, taskId } from './testing/service.ts';

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
    expect(requests).toHaveLength(3);
  });

  test('asks once, and passes a refusal on', async () => {
    const { client, requests } = clientOf([json({ error_code: 'APIGW.0308', error_msg: 'Slow down.' }, 429)]);
    await expect(startExport(client)).rejects.toThrow(ApiError);
    expect(requests).toHaveLength(1);
  });

  test('takes an answer without a task id for an error', async () => {
    await expect(startExport(clientOf([json({})]).client)).rejects.toThrow('The answer has no task_id.');
  });
});

describe('waitForExport', () => {
  test('asks at once, then after 2 s and ever less often up to every 30', async () => {
    const creating = listOf(task('CREATING'));
    const { client, sleeps } = clientOf([...Array(6).fill(creating), listOf(task('SUCCESS'))]);
    const progress: unknown[] = [];
    const done = await waitForExport(client, taskId, {
      onProgress: ({ polls, elapsedMs, task }) => progress.push([polls, elapsedMs, task?.status]),
    });
    expect(done.status).toBe('SUCCESS');
    expect(sleeps).toEqual([2, 4, 8, 16, 30, 30]);
    expect(progress.slice(0, 2)).toEqual([
      [1, 0, 'CREATING'],
      [2, 2000, 'CREATING'],
    ]);
    expect(progress.at(-1)).toEqual([7, 90_000, 'SUCCESS']);
  });

  test('takes a status that it does not know for one that will change', async () => {
    const { client, sleeps } = clientOf([listOf(task('QUEUED')), listOf(task('SUCCESS'))]);
    await waitForExport(client, taskId);
    expect(sleeps).toEqual([2]);
  });

  test('fails with the reason and the code of a failed task', async () => {
    const { client } = clientOf([
      listOf(task('FAIL', { fail_reason: 'No rows.', error_code: 'WKS.00211401' })),
    ]);
    expect(await outcome(waitForExport(client, taskId))).toMatchObject({
      name: 'ExportError',
      outcome: 'FAIL',
      taskId,
      fail_reason: 'No rows.',
      error_code: 'WKS.00211401',
      message: `Export ${taskId} failed: WKS.00211401 No rows.`,
    });
  });

  test('fails without inventing a reason that the service does not give', async () => {
    const { client } = clientOf([listOf(task('FAIL'))]);
    expect(await outcome(waitForExport(client, taskId))).toMatchObject({
      message: `Export ${taskId} failed: no reason given`,
    });
  });

  test('fails if the file has expired', async () => {
    const { client } = clientOf([listOf(task('EXPIRED'))]);
    expect(await outcome(waitForExport(client, taskId))).toMatchObject({ outcome: 'EXPIRED', taskId });
  });

  test('gives up in time, and keeps the id to wait again with', async () => {
    const { client, sleeps } = clientOf([listOf(task('CREATING'))]);
    expect(await outcome(waitForExport(client, taskId, { timeoutMs: 20_000 }))).toMatchObject({
      outcome: 'TIMEOUT',
      taskId,
      message: `Export ${taskId} is not done after 14 s. It goes on; wait again with the same id.`,
    });
    expect(sleeps).toEqual([2, 4, 8]);
  });

  test('finds a task that the list hides because it has been downloaded', async () => {
    const { client, requests } = clientOf([listOf(), listOf(task('SUCCESS', { is_download: true }))]);
    expect(await waitForExport(client, taskId)).toMatchObject({ is_download: true });
    expect(requests.map(({ url }) => new URL(url).search)).toEqual([
      `?task_id=${taskId}`,
      `?task_id=${taskId}&is_download=true`,
    ]);
  });

  test('does not take another task for the one it waits for', async () => {
    const { client, sleeps } = clientOf([listOf({ task_id: 'another', status: 'SUCCESS' })]);
    expect(await outcome(waitForExport(client, taskId))).toMatchObject({ outcome: 'MISSING', taskId });
    expect(sleeps).toEqual([2, 4, 8, 16]);
  });

  test.each([429, 502, 503, 504])('waits on when it is told %i', async (status) => {
    const { client, sleeps } = clientOf([new Response(null, { status }), listOf(task('SUCCESS'))]);
    await waitForExport(client, taskId);
    expect(sleeps).toEqual([2]);
  });

  test('passes any other refusal on', async () => {
    await expect(
      waitForExport(clientOf([new Response(null, { status: 401 })]).client, taskId),
    ).rejects.toThrow(/401/);
  });

  test('stops when its signal aborts', async () => {
    const stop = new AbortController();
    const { client } = clientOf([listOf(task('CREATING'))]);
    const waiting = waitForExport(client, taskId, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
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
  expect(ids).toEqual([taskId, taskId]);
  expect(requests.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual([
    'export',
    'export-tasks',
    'download',
  ]);
});

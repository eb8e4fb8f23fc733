import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from './client.ts';
import { token } from './credentials.ts';
import { clientOf, json, listOf, projectId, task, taskId } from './testing/service.ts';
import { waitForExport } from './wait.ts';

const outcome = (of: Promise<unknown>) =>
  of.then(
    () => 'no error',
    (error: unknown) => error,
  );

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

  test('gives up in time, after a last look, and keeps the id to wait again with', async () => {
    const { client, requests, sleeps } = clientOf([listOf(task('CREATING'))]);
    expect(await outcome(waitForExport(client, taskId, { timeoutMs: 20_000 }))).toMatchObject({
      outcome: 'TIMEOUT',
      taskId,
      message: `Export ${taskId} is not done after 20 s. It goes on; wait again with the same id.`,
    });
    expect(sleeps).toEqual([2, 4, 8, 6]);
    expect(requests).toHaveLength(5);
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

  test('takes it for missing after as many polls as it is told', async () => {
    const { client, sleeps } = clientOf([listOf()]);
    expect(await outcome(waitForExport(client, taskId, { misses: 2 }))).toMatchObject({ outcome: 'MISSING' });
    expect(sleeps).toEqual([2]);
  });

  test.each([0, Number.NaN])('refuses to take it for missing after %d polls', async (misses) => {
    const { client, requests } = clientOf([listOf()]);
    expect(await outcome(waitForExport(client, taskId, { misses }))).toEqual(
      new RangeError(`misses must be 1 or more, not ${misses}.`),
    );
    expect(requests).toEqual([]);
  });

  test.each([429, 500, 502, 503, 504])('waits on when it is told %i', async (status) => {
    const { client, sleeps } = clientOf([new Response(null, { status }), listOf(task('SUCCESS'))]);
    await waitForExport(client, taskId);
    expect(sleeps).toEqual([2]);
  });

  test.each([400, 401, 403, 404])('passes a refusal on when it is told %i', async (status) => {
    const { client, requests } = clientOf([new Response(null, { status })]);
    expect(await outcome(waitForExport(client, taskId))).toMatchObject({ name: 'ApiError', status });
    expect(requests).toHaveLength(1);
  });

  test('waits as long as the service asks it to, and not beyond the end', async () => {
    const busy = new Response(null, { status: 429, headers: { 'Retry-After': '50' } });
    const { client, sleeps } = clientOf([busy, busy, listOf(task('SUCCESS'))]);
    await waitForExport(client, taskId, { timeoutMs: 60_000 });
    expect(sleeps).toEqual([50, 10]);
  });

  describe('where the service says when to ask again', () => {
    const creating = (seconds: number) =>
      json({ export_tasks: [task('CREATING')], count: 1 }, 200, { 'Retry-After': `${seconds}` });

    test('asks then, and lets the answer wait for a change', async () => {
      const answers = [creating(1), creating(1), listOf(task('CREATING')), listOf(task('SUCCESS'))];
      const { client, requests, sleeps } = clientOf(answers);
      await waitForExport(client, taskId);
      expect(sleeps).toEqual([1, 1, 8]);
      expect(requests.map(({ headers }) => headers.get('Prefer'))).toEqual([
        null,
        'wait=20',
        'wait=20',
        null,
      ]);
    });

    test('does not let the answer wait beyond the end', async () => {
      const { client, requests } = clientOf([creating(1)]);
      await expect(waitForExport(client, taskId, { timeoutMs: 5500 })).rejects.toMatchObject({
        outcome: 'TIMEOUT',
      });
      expect(requests.map(({ headers }) => headers.get('Prefer'))).toEqual([
        null,
        'wait=4',
        'wait=3',
        'wait=2',
        'wait=1',
        null,
        null,
      ]);
    });
  });

  test('waits on when the connection breaks, and tells of it', async () => {
    const problem = new TypeError('fetch failed');
    const { client, sleeps } = clientOf([problem, listOf(task('SUCCESS'))]);
    const problems: unknown[] = [];
    await waitForExport(client, taskId, { onProgress: (progress) => problems.push(progress.problem) });
    expect(sleeps).toEqual([2]);
    expect(problems).toEqual([problem, undefined]);
  });

  test('gives up on a service that never answers well, with what is wrong as the cause', async () => {
    const problem = new TypeError('fetch failed');
    const { client } = clientOf([problem]);
    const error = await outcome(waitForExport(client, taskId, { timeoutMs: 10_000 }));
    expect(error).toMatchObject({ outcome: 'TIMEOUT', taskId, cause: problem });
    const { client: busy } = clientOf([new Response(null, { status: 503 })]);
    expect(await outcome(waitForExport(busy, taskId, { timeoutMs: 10_000 }))).toMatchObject({
      outcome: 'TIMEOUT',
      cause: { name: 'ApiError', status: 503 },
    });
    const { client: slow } = clientOf([listOf(task('CREATING'))]);
    expect(await outcome(waitForExport(slow, taskId, { timeoutMs: 0 }))).not.toHaveProperty('cause');
  });

  test.each([Number.NaN, -1])('refuses to wait for %d milliseconds', async (timeoutMs) => {
    const { client, requests } = clientOf([listOf(task('CREATING'))]);
    expect(await outcome(waitForExport(client, taskId, { timeoutMs }))).toEqual(
      new RangeError(`timeoutMs must be 0 or more, not ${timeoutMs}.`),
    );
    expect(requests).toEqual([]);
  });

  test.each(['', '.', '..'])('refuses the task id "%s"', async (id) => {
    expect(await outcome(waitForExport(clientOf([listOf()]).client, id))).toBeInstanceOf(TypeError);
  });

  test('survives a list with a hole in it', async () => {
    const { client } = clientOf([json({ export_tasks: [null, task('SUCCESS')], count: 2 })]);
    expect(await waitForExport(client, taskId)).toMatchObject({ status: 'SUCCESS' });
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

  describe('when the service never answers', () => {
    const never = vi.fn((_: Request) => new Promise<Response>(() => {}));
    const client = createClient({
      region: 'cn-north-4',
      projectId,
      credentials: token('a-token'),
      fetch: never,
    });
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => {
      vi.useRealTimers();
      never.mockClear();
    });

    test('gives up in time, lets go of the request, and leaves no timer behind', async () => {
      const error = outcome(waitForExport(client, taskId, { timeoutMs: 20_000 }));
      await vi.advanceTimersByTimeAsync(19_999);
      expect(never.mock.lastCall![0].signal.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await error).toMatchObject({
        outcome: 'TIMEOUT',
        cause: { name: 'TimeoutError', message: 'No answer within 20000 ms.' },
      });
      expect(never.mock.lastCall![0].signal.aborted).toBe(true);
      expect(never).toHaveBeenCalledTimes(1);
      expect(vi.getTimerCount()).toBe(0);
    });

    test('gives the last poll 2 seconds', async () => {
      const error = outcome(waitForExport(client, taskId, { timeoutMs: 0 }));
      await vi.advanceTimersByTimeAsync(2000);
      expect(await error).toMatchObject({
        outcome: 'TIMEOUT',
        cause: { name: 'TimeoutError', message: 'No answer within 2000 ms.' },
      });
    });

    test('does not take for ever for no time at all', async () => {
      void waitForExport(client, taskId, { timeoutMs: Number.POSITIVE_INFINITY }).catch(() => {});
      await vi.advanceTimersByTimeAsync(86_400_000);
      // Half a minute each, and half a minute between them.
      expect(never.mock.calls.length).toBeLessThan(86_400 / 60 + 5);
    });

    test('stops when its signal aborts, leaves no timer behind, and lets go of the signal', async () => {
      const stop = new AbortController();
      const letGo = vi.spyOn(stop.signal, 'removeEventListener');
      const error = outcome(waitForExport(client, taskId, { signal: stop.signal }));
      await vi.advanceTimersByTimeAsync(1000);
      stop.abort('enough');
      expect(await error).toBe('enough');
      expect(vi.getTimerCount()).toBe(0);
      expect(letGo).toHaveBeenCalledWith('abort', expect.any(Function));
    });
  });

  test('sends nothing if its signal has aborted', async () => {
    const { client, requests } = clientOf([listOf(task('CREATING'))]);
    expect(await outcome(waitForExport(client, taskId, { signal: AbortSignal.abort('enough') }))).toBe(
      'enough',
    );
    expect(requests).toEqual([]);
  });
});

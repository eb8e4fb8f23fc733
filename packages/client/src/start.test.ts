import { describe, expect, test } from 'vitest';
import type { ClientOptions, RetryEvent } from './index.ts';
import { startExport } from './start.ts';
import { clientOf, json, task, taskId } from './testing/service.ts';

const broken = new TypeError('fetch failed');
const started = json({ task_id: taskId });
// The service's clock is an hour ahead of the client's, which says 02:11:22.
const now = 'Tue, 10 Feb 2026 03:11:24 GMT';
const created = (create_time: string, task_id: string = taskId) => task('CREATING', { task_id, create_time });
const list = (...tasks: object[]) => json({ export_tasks: tasks, count: tasks.length }, 200, { Date: now });
const early = created('2026-02-10T03:11:12.000Z', 'early');
const ours = created('2026-02-10T03:11:23.000Z');

const start = async (answers: (Response | Error)[], options: Partial<ClientOptions> = {}) => {
  const events: RetryEvent[] = [];
  const seen = clientOf(answers, { onRetry: (event) => events.push(event), ...options });
  const outcome = await startExport(seen.client).catch((error: unknown) => error);
  return { ...seen, outcome, actions: events.map(({ action }) => action), events };
};

describe('after a lost answer, startExport', () => {
  test('takes the one task that was created since, by the clock of the service, for the one it started', async () => {
    const { outcome, requests, actions, events } = await start([broken, list(ours, early)]);
    expect(outcome).toBe(taskId);
    expect(actions).toEqual(['look', 'adopt']);
    expect(events[1]).toMatchObject({ operationId: 'exportConnectionRecords', taskId, problem: broken });
    expect(requests.map(({ url }) => new URL(url).search)).toEqual([
      '',
      '?sort_field=create_time&sort_type=DESC&limit=100',
    ]);
  });

  test.each(['2026-02-10T03:11:23.500+0000', '2026-02-10T11:11:23.500+08:00'])(
    'reads the time %s of a task',
    async (time) => {
      expect((await start([broken, list(created(time))])).outcome).toBe(taskId);
    },
  );

  test('looks three times before it starts the export again', async () => {
    const { outcome, actions, sleeps } = await start([broken, list(early), list(), list(early), started]);
    expect(outcome).toBe(taskId);
    expect(actions).toEqual(['look', 'look', 'look', 'start']);
    expect(sleeps).toEqual([1, 2, 4]);
  });

  test('finds a task that the list shows late', async () => {
    const { outcome, requests } = await start([broken, list(), list(ours)]);
    expect(outcome).toBe(taskId);
    expect(requests).toHaveLength(3);
  });

  test('starts it again only as often as it may', async () => {
    const { outcome, requests } = await start([broken, list(), list(), list(), broken, list()], {
      retry: { retries: 1 },
    });
    expect(outcome).toMatchObject({
      name: 'StartError',
      message:
        'The answer to the start was lost, and no task was created since. Look before you start again.',
      candidates: [],
      cause: broken,
    });
    expect(requests).toHaveLength(8);
  });

  test('says so if several tasks were created since, and starts no other', async () => {
    const { outcome, requests } = await start([
      broken,
      list(ours, created('2026-02-10T03:11:23.1Z', 'another')),
    ]);
    expect(outcome).toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('2 tasks were created since'),
      candidates: [{ task_id: taskId }, { task_id: 'another' }],
    });
    expect(requests).toHaveLength(2);
  });

  test('does not take a task that it started otherwise', async () => {
    const other = json({ task_id: 'another' });
    const { client } = clientOf([other, broken, list(ours, created('2026-02-10T03:11:23.2Z', 'another'))]);
    expect(await startExport(client)).toBe('another');
    expect(await startExport(client)).toBe(taskId);
  });

  test.each<[string, Response]>([
    ['has no clock', json({ export_tasks: [], count: 0 })],
    ['is refused', json({ error_code: 'WKS.1', error_msg: 'No.' }, 403)],
  ])('starts nothing if the list %s', async (_, answer) => {
    const { outcome, requests } = await start([broken, answer]);
    expect(outcome).toMatchObject({ name: 'StartError', cause: broken });
    expect(requests).toHaveLength(2);
  });

  test.each([502, 504])(
    'which a gateway with %i is as well, it looks, and starts nothing',
    async (status) => {
      const gateway = new Response(null, { status });
      expect((await start([gateway, list(ours)])).outcome).toBe(taskId);
      const { outcome, requests } = await start([gateway, list()]);
      expect(outcome).toMatchObject({ name: 'StartError', candidates: [] });
      expect(requests).toHaveLength(4);
    },
  );

  test.each([400, 401, 429, 500, 503])('which %i is not, it looks for nothing', async (status) => {
    const { outcome, requests } = await start([new Response(null, { status })]);
    expect(outcome).toMatchObject({ name: 'ApiError', status });
    expect(requests).toHaveLength(1);
  });
});

// @vitest-environment happy-dom
import { createClient, ExportError, type ExportTask, token } from '@connection-records/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import { createElement, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useConnectionRecords, useExportTask, useExportTasks, useStartExport } from './index.ts';

const taskId = '2b31ed520f00f22aebedb6e57c0ffee0';
const task = (status: string, more = {}): ExportTask => ({ task_id: taskId, status, ...more }) as ExportTask;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Lets so many milliseconds go by, and one more for each turn that TanStack Query and React then give each other. */
const pass = async (ms: number) => {
  for (const step of [ms, 1, 1, 1]) await act(() => vi.advanceTimersByTimeAsync(step));
};

/** Renders a hook over a client whose service answers with what the function gives for a URL. */
function render<T>(
  useIt: (client: ReturnType<typeof createClient>) => T,
  answer: (url: URL) => Response | Promise<Response>,
) {
  const requests: URL[] = [];
  const client = createClient({
    region: 'cn-north-4',
    projectId: '0123456789abcdef0123456789abcdef',
    credentials: token('a-token'),
    fetch: async ({ url }) => {
      requests.push(new URL(url));
      return answer(new URL(url));
    },
  });
  // As applications have it: what fails is repeated. The hooks must not.
  const queries = new QueryClient({ defaultOptions: { mutations: { retry: 3 }, queries: { retry: 3 } } });
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(QueryClientProvider, { client: queries }, children);
  return { requests, ...renderHook(() => useIt(client), { wrapper }) };
}

test('an export is started once, and its task followed from CREATING to SUCCESS', async () => {
  const statuses = ['CREATING', 'CREATING', 'SUCCESS'];
  const { result, requests } = render(
    (client) => {
      const start = useStartExport(client);
      return { start, task: useExportTask(client, start.data) };
    },
    ({ pathname }) =>
      pathname.endsWith('/connections/export')
        ? Response.json({ task_id: taskId })
        : Response.json({ export_tasks: [task(statuses.shift()!)], count: 1 }),
  );
  await pass(60_000);
  expect(requests).toEqual([]);

  result.current.start.mutate({ language: 'zh_CN' });
  await pass(0);
  expect(requests[0]!.search).toBe('?language=zh_CN');
  expect(result.current.start.data).toBe(taskId);
  expect(result.current.task.data).toMatchObject({ task: { status: 'CREATING' }, polls: 1, elapsedMs: 0 });
  expect(result.current.task.fetchStatus).toBe('fetching');

  await pass(2000);
  expect(result.current.task.data).toMatchObject({ task: { status: 'CREATING' }, polls: 2 });
  await pass(4000);
  expect(result.current.task).toMatchObject({
    fetchStatus: 'idle',
    status: 'success',
    data: { task: { status: 'SUCCESS' }, polls: 3, elapsedMs: 6000 },
  });
  await pass(3_600_000);
  expect(requests).toHaveLength(4);
});

test('an export that failed is the error of its query, with the reason', async () => {
  const failed = task('FAIL', { fail_reason: 'The store is full.' });
  const { result, requests } = render(
    (client) => useExportTask(client, taskId),
    () => Response.json({ export_tasks: [failed], count: 1 }),
  );
  await pass(60_000);
  expect(result.current.error).toBeInstanceOf(ExportError);
  expect(result.current.error).toMatchObject({ outcome: 'FAIL', fail_reason: 'The store is full.' });
  expect(requests).toHaveLength(1);
});

test('nobody polls any more when the component is gone', async () => {
  const { requests, unmount } = render(
    (client) => useExportTask(client, taskId),
    () => Response.json({ export_tasks: [task('CREATING')], count: 1 }),
  );
  await pass(2000);
  expect(requests).toHaveLength(2);
  unmount();
  await pass(3_600_000);
  expect(requests).toHaveLength(2);
});

test('a start that was refused is not repeated, and is the error of the mutation', async () => {
  const refusal = { error_code: 'WKS.00081102', error_msg: 'no permission' };
  const { result, requests } = render(useStartExport, () => Response.json(refusal, { status: 403 }));
  result.current.mutate(undefined);
  await pass(600_000);
  expect(requests).toHaveLength(1);
  expect(result.current.error).toMatchObject({ status: 403, code: 'WKS.00081102' });
});

test('records come a page at a time, until all are there', async () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].map((user_name) => ({ user_name }));
  const { result, requests } = render(
    (client) => useConnectionRecords(client, { user_name: 'zhang3', limit: 2 }),
    ({ searchParams }) => {
      const offset = Number(searchParams.get('offset'));
      return Response.json({ records: rows.slice(offset, offset + 2), total_count: rows.length });
    },
  );
  await pass(0);
  expect(result.current).toMatchObject({ hasNextPage: true, data: { pages: [{ total_count: 5 }] } });
  for (let more = 0; more < 2; more++) {
    result.current.fetchNextPage();
    await pass(0);
  }
  expect(result.current.data!.pages.flatMap(({ records }) => records)).toEqual(rows);
  expect(result.current.hasNextPage).toBe(false);
  expect(requests.map(({ search }) => search)).toEqual([
    '?user_name=zhang3&limit=2&offset=0',
    '?user_name=zhang3&limit=2&offset=2',
    '?user_name=zhang3&limit=2&offset=4',
  ]);
});

test('the list of tasks has the newest first, and is asked for anew after a start', async () => {
  const tasks: ExportTask[] = [];
  const { result, requests } = render(
    (client) => ({ start: useStartExport(client), list: useExportTasks(client) }),
    ({ pathname }) => {
      if (!pathname.endsWith('/connections/export'))
        return Response.json({ export_tasks: tasks, count: tasks.length });
      tasks.unshift(task('CREATING'));
      return Response.json({ task_id: taskId });
    },
  );
  await pass(0);
  expect(requests[0]!.search).toBe('?sort_field=create_time&sort_type=DESC&offset=0');
  expect(result.current.list).toMatchObject({ hasNextPage: false, data: { pages: [{ count: 0 }] } });
  result.current.start.mutate({});
  await pass(0);
  expect(result.current.list.data!.pages).toEqual([{ export_tasks: [task('CREATING')], count: 1 }]);
});

/**
 * React hooks over a client of the connection-records API, for TanStack Query 5.
 *
 * The client repeats what may be repeated, so that no hook does. Answers are cached by the address of the service and the project; clear the
 * cache when another user signs in.
 *
 * @module
 */
import {
  type ConnectionRecordsClient,
  type ExportProgress,
  type ExportRequest,
  type Operations,
  startExport,
  unwrap,
  waitForExport,
} from '@connection-records/client';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** What a list may be narrowed by. The hook does the paging; `limit` is the size of a page, 20 unless given. */
export type ListFilters<Operation extends 'listConnectionRecords' | 'listExportTasks'> = Omit<
  NonNullable<Parameters<Operations[Operation]>[0]>,
  'offset'
>;

const keyOf = ({ baseUrl, projectId }: ConnectionRecordsClient, ...rest: unknown[]) =>
  ['connection-records', baseUrl, projectId, ...rest] as const;

/**
 * A mutation that starts an export. Its variable is the request, its data the id of the task; its error is whatever `startExport` throws.
 * Every list of tasks is asked for anew after it.
 */
export function useStartExport(client: ConnectionRecordsClient) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (request: ExportRequest | undefined) => startExport(client, request),
    // Said here, lest a default of the application start a second export.
    retry: false,
    // Not returned: the id need not wait for the lists.
    onSettled: () => {
      queries.invalidateQueries({ queryKey: keyOf(client, 'listExportTasks') });
    },
  });
}

/**
 * A query that follows an export until it ends. Its data is the last progress: when the query is idle, that of the task that succeeded. An
 * export that failed, has expired or is missing is its error, an `ExportError`; so is one that is not done in half an hour, which
 * `refetch` waits for again. Without a task id it does nothing yet. When the last component that uses it is gone, the polling ends.
 */
export function useExportTask(client: ConnectionRecordsClient, taskId: string | undefined) {
  const queries = useQueryClient();
  const queryKey = keyOf(client, 'waitForExport', taskId);
  return useQuery({
    queryKey,
    enabled: taskId !== undefined,
    retry: false,
    queryFn: async ({ signal }): Promise<ExportProgress> => {
      const onProgress = (progress: ExportProgress) => queries.setQueryData(queryKey, progress);
      await waitForExport(client, taskId!, { signal, onProgress });
      return queries.getQueryData<ExportProgress>(queryKey)!;
    },
  });
}

/** The newest export tasks first, a page at a time: `data.pages` are the answers so far, `fetchNextPage` gets the next. */
export function useExportTasks(
  client: ConnectionRecordsClient,
  filters: ListFilters<'listExportTasks'> = {},
) {
  return useInfiniteQuery({
    queryKey: keyOf(client, 'listExportTasks', filters),
    retry: false,
    initialPageParam: 0,
    queryFn: ({ pageParam: offset, signal }) => {
      const newestFirst = { sort_field: 'create_time', sort_type: 'DESC' } as const;
      return unwrap(client.operations.listExportTasks({ ...newestFirst, ...filters, offset }, { signal }));
    },
    getNextPageParam: ({ count, export_tasks }, _, offset) =>
      next(offset + export_tasks.length, offset, count),
  });
}

/** Connection records, a page at a time: `data.pages` are the answers so far, `fetchNextPage` gets the next. */
export function useConnectionRecords(
  client: ConnectionRecordsClient,
  filters: ListFilters<'listConnectionRecords'> = {},
) {
  return useInfiniteQuery({
    queryKey: keyOf(client, 'listConnectionRecords', filters),
    retry: false,
    initialPageParam: 0,
    queryFn: ({ pageParam: offset, signal }) =>
      unwrap(client.operations.listConnectionRecords({ ...filters, offset }, { signal })),
    getNextPageParam: ({ total_count, records }, _, offset) =>
      next(offset + records.length, offset, total_count),
  });
}

/** Where the next page begins; undefined after the last one, and after one that has nothing. */
const next = (end: number, begin: number, total: number) => (end > begin && end < total ? end : undefined);

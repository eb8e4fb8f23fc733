import {
  akSk,
  type ConnectionRecordsClient,
  createClient,
  type DownloadProgress,
  downloadExport,
  type ExportRequest,
  token,
} from '@connection-records/client';
import { useExportTask, useStartExport } from '@connection-records/react-query';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { addressOf, type Inputs, type Sandbox } from './inputs.ts';
import { createJournal, type Journal } from './journal.ts';
import { scenarios, troubleOf } from './scenarios.ts';
import { type Summary, summarize } from './summary.ts';
import type { Words } from './words.ts';

/** One export, from the press of the button on. */
export interface Run {
  id: number;
  client: ConnectionRecordsClient;
  queries: QueryClient;
  journal: Journal;
  stop: AbortController;
  request: ExportRequest;
}

const credentialsOf = ({ credentials, token: text, ak, sk, securityToken }: Inputs) =>
  credentials === 'token'
    ? token(text.trim())
    : akSk({ ak: ak.trim(), sk: sk.trim(), securityToken: securityToken.trim() || undefined });

let runs = 0;

/**
 * Makes an export ready to run: a client of its own, all of whose requests are noted and end when it is stopped.
 *
 * @throws TypeError if the address, the project or the credentials cannot be right.
 */
export function createRun(inputs: Inputs, sandbox: Sandbox, request: ExportRequest, words: Words): Run {
  const stop = new AbortController();
  const journal = createJournal(stop.signal, troubleOf(inputs.scenario, inputs.place));
  const ownProject =
    inputs.place === 'server' && scenarios[inputs.scenario]?.movesClock
      ? crypto.randomUUID().replaceAll('-', '')
      : undefined;
  const client = createClient({
    baseUrl: addressOf(inputs, sandbox),
    projectId: ownProject ?? inputs.values.project_id.trim(),
    credentials: credentialsOf(inputs),
    fetch: journal.fetch,
    onRetry({ operationId, action, pauseMs }) {
      const operation =
        operationId === 'exportConnectionRecords'
          ? 'start'
          : operationId === 'downloadExportFile'
            ? 'download'
            : 'follow';
      if (action === 'continue') journal.note(operation, words.continued);
      else if (action === 'repeat') journal.note(operation, words.retry((pauseMs / 1000).toFixed(1)));
      else journal.note(operation, words.retried + action);
    },
    clock: {
      now: () => Date.now(),
      sleep: (ms, signal) => pause(ms, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal),
    },
  });
  // Without a network there may still be a server on this machine; and nothing is asked for anew but by the button.
  const defaults = { networkMode: 'always', retry: false } as const;
  const queries = new QueryClient({
    defaultOptions: {
      queries: { ...defaults, refetchOnWindowFocus: false, refetchOnReconnect: false },
      mutations: defaults,
    },
  });
  return { id: ++runs, client, queries, journal, stop, request };
}

/** Resolves after so many milliseconds, or rejects as soon as the signal aborts. */
const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });

/**
 * Whether anybody answers there, whatever the answer is. One question that changes nothing: to start an export of which nobody knows
 * whether it arrived would be worse.
 */
export async function answers(inputs: Inputs, sandbox: Sandbox): Promise<boolean> {
  try {
    const client = createClient({
      baseUrl: addressOf(inputs, sandbox),
      projectId: inputs.values.project_id.trim() || 'none',
      credentials: inputs.place === 'other' ? credentialsOf(inputs) : token('sandbox-token'),
      retry: { retries: 0, attemptTimeoutMs: 4000 },
    });
    await client.operations.listExportTasks({ limit: 1 });
    return true;
  } catch {
    return false;
  }
}

/** The file, and what was read in it. */
export interface Loaded {
  name: string;
  blob: Blob;
  summary: Summary | undefined;
  /** Why it could not be read. */
  problem?: unknown;
}

/** Runs an export, and tells how far it is. */
export function useRun({ client, queries, journal, stop, request }: Run) {
  const entries = useSyncExternalStore(journal.subscribe, journal.entries, journal.entries);
  const [download, setDownload] = useState<DownloadProgress>();
  const [rows, setRows] = useState(0);
  const start = useStartExport(client);
  const task = useExportTask(client, start.data);
  useEffect(() => {
    start.mutate(request);
    return () => {
      stop.abort();
      // The file of it too.
      queries.clear();
    };
  }, []);

  const isThere = task.fetchStatus === 'idle' && task.data?.task?.status === 'SUCCESS' && !task.error;
  const file = useQuery({
    queryKey: ['file', start.data],
    enabled: isThere,
    queryFn: async (): Promise<Loaded> => {
      const { fileName, mediaType, stream } = await downloadExport(client, start.data!, {
        signal: stop.signal,
        fileName: task.data?.task?.file_name,
        onProgress: setDownload,
      });
      const blob = new Blob([await new Response(stream).arrayBuffer()], { type: mediaType });
      return { name: fileName, blob, ...(await read(blob, stop.signal, setRows)) };
    },
  });
  const error = start.error ?? task.error ?? file.error ?? undefined;
  const isDone = file.isSuccess;
  return { entries, start, task, file, download, rows, error, isDone, isStopped: stop.signal.aborted };
}

async function read(blob: Blob, signal: AbortSignal, onRows: (rows: number) => void) {
  try {
    // Not needed before there is a file, so not loaded before.
    const { readConnectionRecords } = await import('@connection-records/client/read');
    return { summary: await summarize(readConnectionRecords(blob), signal, onRows) };
  } catch (problem) {
    signal.throwIfAborted();
    return { summary: undefined, problem };
  }
}

/** How far an export is. */
export type Progress = ReturnType<typeof useRun>;

/** Which operation failed, if any did. */
export const failedAt = ({ start, task, file }: Progress) =>
  start.error ? 'start' : task.error ? 'follow' : file.error ? 'download' : undefined;

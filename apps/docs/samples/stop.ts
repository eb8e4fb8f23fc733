import {
  createClient,
  ExportError,
  exportConnectionRecords,
  token,
  waitForExport,
} from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

const stop = new AbortController();
try {
  await exportConnectionRecords(
    client,
    {},
    {
      timeoutMs: 10 * 60_000, // ten minutes instead of half an hour
      signal: stop.signal,
      onProgress: () => stop.abort(), // someone presses a button, say
    },
  );
} catch (error) {
  if (!(error instanceof ExportError)) throw error;
  console.log(error.outcome);
  // The task goes on without us. Its id is kept, so that we can wait for it again.
  const task = await waitForExport(client, error.taskId);
  console.log(task.status);
}

import {
  createClient,
  type ExportProgress,
  exportConnectionRecords,
  token,
} from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
  onRetry: ({ operationId, pauseMs }) =>
    console.log(`${operationId} again in ${pauseMs} ms`),
});

function tell({ taskId, task, polls, elapsedMs, download, problem }: ExportProgress) {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
  if (download)
    console.log(`${seconds}: ${download.received} of ${download.size ?? '?'} bytes`);
  else if (problem) console.log(`${seconds}: the service cannot say for the moment`);
  else if (polls === 0) console.log(`${seconds}: task ${taskId}`);
  else console.log(`${seconds}: ${task?.status ?? 'no such task'}`);
}

const file = await exportConnectionRecords(client, {}, { onProgress: tell });
await saveTo(file, 'records.xlsx');

import { createClient, exportConnectionRecords, token } from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
  onRetry: ({ operationId }) => console.log(`Trying ${operationId} again`),
});

const file = await exportConnectionRecords(
  client,
  {},
  {
    onProgress({ taskId, task, polls, elapsedMs, download, problem }) {
      const seconds = (elapsedMs / 1000).toFixed(1);
      if (download) console.log(`${seconds} s: ${download.received} of ${download.size ?? '?'} bytes`);
      else if (problem) console.log(`${seconds} s: the service cannot say for the moment`);
      else if (polls === 0) console.log(`${seconds} s: started task ${taskId}`);
      else console.log(`${seconds} s: ${task?.status ?? 'no such task'}`);
    },
  },
);
await saveTo(file, 'records.xlsx');

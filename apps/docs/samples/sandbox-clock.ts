import {
  createClient,
  downloadExport,
  startExport,
  token,
  waitForExport,
} from '@connection-records/client';

const server = 'http://127.0.0.1:4020';
const projectId = '0123456789abcdef0123456789abcdef';
const headers = { 'X-Auth-Token': 'sandbox-token', 'X-Sandbox-Advance': '8d' };
const client = createClient({
  baseUrl: server,
  projectId,
  credentials: token('sandbox-token'),
});

const taskId = await startExport(client);
await waitForExport(client, taskId);

// Any request of the project may carry the header. A file is kept for 7 days, so that this one is gone.
await fetch(`${server}/v2/${projectId}/export-tasks`, { headers });

await downloadExport(client, taskId).catch((error: Error) => console.log(error.message));

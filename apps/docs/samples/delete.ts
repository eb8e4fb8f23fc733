import {
  createClient,
  startExport,
  token,
  unwrap,
  waitForExport,
} from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});
const taskId = await startExport(client);
await waitForExport(client, taskId);

await unwrap(client.operations.deleteExportTasks([taskId])); // up to 200 at once
const { count } = await unwrap(client.operations.listExportTasks({ task_id: taskId }));
console.log(`${count} tasks have this id`);

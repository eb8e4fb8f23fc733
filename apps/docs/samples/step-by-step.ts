import {
  createClient,
  downloadExport,
  startExport,
  token,
  waitForExport,
} from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

const taskId = await startExport(client, { language: 'en_US' });
const task = await waitForExport(client, taskId);
const file = await downloadExport(client, taskId, { fileName: task.file_name });
await saveTo(file, '.'); // into this folder, under the name that the service gives it
console.log(`${task.status}: ${file.fileName}`);

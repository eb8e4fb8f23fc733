// #region client
import {
  ApiError,
  akSk,
  createClient,
  downloadExport,
  exportConnectionRecords,
  startExport,
  waitForExport,
} from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020', // the sandbox; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: akSk({ ak: 'SANDBOX-ACCESS-KEY', sk: 'sandbox-secret-key' }),
});
// #endregion

// #region start
const start_time = new Date(Date.now() - 7 * 86_400_000);
const taskId = await startExport(client, { start_time, language: 'zh_CN' });
// #endregion

// #region wait
const task = await waitForExport(client, taskId);
// #endregion

// #region download
const file = await downloadExport(client, taskId, { fileName: task.file_name });
await saveTo(file, 'records.xlsx');
// #endregion

// #region all
await saveTo(
  await exportConnectionRecords(client, { start_time, language: 'zh_CN' }),
  'again.xlsx',
);
// #endregion

// #region errors
try {
  await downloadExport(client, 'no-such-task');
} catch (error) {
  if (!(error instanceof ApiError)) throw error; // an ExportError tells of a task that brings no file
  console.log(error.status, error.code, error.operationId);
}
// #endregion

// #region lists
const page = await client.operations.listConnectionRecords({ limit: 2 });
if (!page.ok) throw page.error;
for (const record of page.data.records) console.log(record.connection_start_time);
// #endregion

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createClient,
  exportConnectionRecords,
  resumeExport,
  token,
} from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

const kept = 'export.state'; // a line of text without anything secret
const options = {
  onProgress: ({ state }: { state: string }) => writeFileSync(kept, state),
};

const file = existsSync(kept)
  ? await resumeExport(client, readFileSync(kept, 'utf8'), options)
  : await exportConnectionRecords(client, { language: 'zh_CN' }, options);
await saveTo(file, 'records.xlsx');
rmSync(kept);
console.log(`Saved the file of task ${file.taskId}`);

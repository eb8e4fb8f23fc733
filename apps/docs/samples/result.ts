import { createClient, token } from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

const result = await client.operations.downloadExportFile(
  '2b31ed520f00f22aebedb6e57c0ffee0',
);
if (result.ok) console.log('Here is the file', result.data);
else console.log(`${result.error.code}: ${result.error.reason}`);

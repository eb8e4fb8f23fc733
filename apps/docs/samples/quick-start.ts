import { writeFile } from 'node:fs/promises';
import { createClient, exportConnectionRecords, token } from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4010', // the mock; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('any token will do'), // for the real service: akSk({ ak, sk })
});

const file = await exportConnectionRecords(client, { terminal_type: 'Windows' });
await writeFile(file.fileName, file.stream);
console.log(`Wrote ${file.fileName} (${file.mediaType})`);

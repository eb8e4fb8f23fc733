import { createClient, exportConnectionRecords, token } from '@connection-records/client';
import { saveTo } from '@connection-records/client/node';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020', // the sandbox; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'), // for the real service: akSk({ ak, sk })
});

const file = await exportConnectionRecords(client, {
  start_time: new Date(Date.now() - 7 * 86_400_000), // a week ago
  terminal_type: 'Windows', // Windows 10, Windows 11 …
  min_e2e_rtt: 50, // milliseconds
  language: 'zh_CN',
});
const { path, size, verified } = await saveTo(file, 'slow-connections.xlsx');
console.log(`${size} bytes in ${path}, ${verified ? 'verified' : 'not verified'}`);

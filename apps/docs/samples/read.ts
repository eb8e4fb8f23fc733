import { createClient, exportConnectionRecords, token } from '@connection-records/client';
import { readConnectionRecords } from '@connection-records/client/read';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020',
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token('sandbox-token'),
});

let connections = 0;
const slow = new Set<string>();
const file = await exportConnectionRecords(client, { language: 'zh_CN' });
for await (const { user_name, e2e_rtt } of readConnectionRecords(file)) {
  connections++;
  if (user_name && e2e_rtt !== undefined && e2e_rtt > 100) slow.add(user_name);
}
console.log(`${connections} connections; ${slow.size} users had one above 100 ms`);

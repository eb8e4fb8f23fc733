import { akSk, createClient, unwrap } from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020', // the sandbox; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: akSk({ ak: 'SANDBOX-ACCESS-KEY', sk: 'sandbox-secret-key' }),
});

const { total_count } = await unwrap(client.operations.listConnectionRecords({ limit: 1 }));
console.log(`${total_count} connection records`);

import { akSk, createClient, unwrap } from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4010', // the mock; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: akSk(temporaryKey), // asked again five minutes before the key expires
});

/** Here your program asks whoever hands out temporary keys. The mock takes any. */
async function temporaryKey() {
  console.log('A new key');
  const expiresAt = new Date(Date.now() + 3_600_000);
  return {
    ak: 'a-key',
    sk: 'its-secret',
    securityToken: 'the token that came with them',
    expiresAt,
  };
}

await unwrap(client.operations.listExportTasks());
await unwrap(client.operations.listExportTasks());

import { akSk, createClient, unwrap } from '@connection-records/client';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4010', // the mock; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: akSk(async () => {
    const { access, secret, securitytoken, expires_at } = await temporaryKey();
    return { ak: access, sk: secret, securityToken: securitytoken, expiresAt: new Date(expires_at) };
  }),
});

/** Here your program asks the identity service, or the machine it runs on. The mock takes any key. */
async function temporaryKey() {
  console.log('A new key');
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  return { access: 'a-key', secret: 'its-secret', securitytoken: 'the-token-of-both', expires_at };
}

await unwrap(client.operations.listExportTasks());
await unwrap(client.operations.listExportTasks());

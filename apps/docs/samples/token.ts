import { createClient, token, unwrap } from '@connection-records/client';

let kept: string | undefined = 'a token of yesterday';

const client = createClient({
  baseUrl: 'http://127.0.0.1:4020', // the sandbox; for the real service: region: 'cn-north-4'
  projectId: '0123456789abcdef0123456789abcdef',
  credentials: token(async ({ reason }) => {
    console.log(reason);
    if (reason === 'renew') kept = undefined; // 401 APIGW.0307: what was sent is outdated
    kept ??= await login();
    return kept;
  }),
});

/** Here your program asks the identity service. The sandbox knows one token. */
async function login() {
  return 'sandbox-token';
}

const { count } = await unwrap(client.operations.listExportTasks());
console.log(`${count} export tasks`);

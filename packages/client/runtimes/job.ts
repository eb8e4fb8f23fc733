// What every runtime runs, and nothing of it is of one runtime alone: an export, its file, and a signature.
import { akSk, type ClientOptions, createClient, exportConnectionRecords, sign } from '../src/index.ts';
import { readConnectionRecords } from '../src/read/index.ts';

/** Does it against a service at the given address, and says what came of it. */
export async function run(baseUrl: string, fetch?: ClientOptions['fetch']): Promise<string> {
  const projectId = '0123456789abcdef0123456789abcdef';
  const credentials = akSk({ ak: 'any', sk: 'any' });
  const client = createClient({ baseUrl, projectId, credentials, fetch });
  const file = await exportConnectionRecords(client, { terminal_type: 'Windows 10', user_name: '张三' });
  let rows = 0;
  for await (const record of readConnectionRecords(file)) rows += record.user_name ? 1 : 0;
  // Vector F of the vendor's SDK for Go.
  const request = { method: 'GET', url: 'https://h/path?limit=1', date: new Date('2006-01-02T15:04:05Z') };
  const { signature } = await sign(request, { ak: 'AccessKey', sk: 'SecretKey' });
  return JSON.stringify({ mediaType: file.mediaType, hasRows: rows > 0, signature });
}

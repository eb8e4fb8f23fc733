// How long the contract suite takes, as its users run it: two processes and an address.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { report, sideBySide } from '../../../scripts/measure.ts';
import { withRecords } from './data.ts';
import { headers, projectId, startServer, stop } from './process.ts';

const suite = fileURLToPath(new URL('cli.js', import.meta.resolve('@connection-records/contract')));
const keys = { ak: 'an-access-key', sk: 'a-secret-key' };

/** Measures whole runs against a server with 1,000 records: of every rule, and of those that the vendor documents. */
export async function benchContract(): Promise<void> {
  Object.assign(process.env, { CONNECTION_RECORDS_AK: keys.ak, CONNECTION_RECORDS_SK: keys.sk });
  await withRecords(1000, async (data) => {
    const server = await startServer(data, '--sandbox');
    const every = async () => await timeOf(server.url, '--sandbox');
    const documented = async () => await timeOf(server.url, '--sandbox', '--basis', 'documented');
    await report(
      'contract: a run against the server with 1,000 records',
      await sideBySide('ms', 5, { 'every rule': every, 'documented rules alone': documented }),
    );
    await stop(server);
  });
}

async function timeOf(url: string, ...options: string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [suite, '--base-url', url, '--project-id', projectId, ...options], {
    env: {
      ...process.env,
      CONNECTION_RECORDS_AUTH_TOKEN: headers['X-Auth-Token'],
      HUAWEICLOUD_SDK_AK: keys.ak,
      HUAWEICLOUD_SDK_SK: keys.sk,
    },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The suite ended with ${code}.`);
  return performance.now() - began;
}

import { expectTypeOf, test } from 'vitest';
import {
  type AkSk,
  akSk,
  type ConnectionRecordsClient,
  createClient,
  type ExportRequest,
  type ExportTaskFilters,
  startExport,
  token,
  waitForExport,
} from './index.ts';

// Nothing here runs: `tsc` checks it, with exactOptionalPropertyTypes, under which a field may be left out and yet not be undefined.
declare const client: ConnectionRecordsClient;
const projectId = 'p';
const credentials = token('t');

test('what may be left out may be undefined', () => {
  expectTypeOf({
    start_time: undefined,
    end_time: undefined,
    user_name: undefined,
    language: undefined,
    min_e2e_rtt: undefined,
  }).toExtend<ExportRequest>();
  expectTypeOf({ ak: 'a', sk: 's', securityToken: undefined }).toExtend<AkSk>();
  () => client.operations.listExportTasks({ status: undefined, limit: undefined }, { signal: undefined });
  () => client.operations.listConnectionRecords({ user_name: undefined });
  () => client.operations.exportConnectionRecords({ public_ip: undefined });
  () =>
    createClient({
      region: 'r',
      baseUrl: undefined,
      projectId,
      credentials,
      fetch: undefined,
      clock: undefined,
      random: undefined,
      retry: { retries: undefined },
      onRetry: undefined,
    });
  // @ts-expect-error: this is what the flag forbids where nobody thinks of it
  expectTypeOf({ status: undefined }).toExtend<ExportTaskFilters>();
});

test('what is wrong does not compile', () => {
  // @ts-expect-error: a parameter that there is not
  () => startExport(client, { username: 'zhang3' });
  // @ts-expect-error: a language that there is not
  () => startExport(client, { language: 'fr_FR' });
  // @ts-expect-error: a latency as text
  () => startExport(client, { min_e2e_rtt: '50' });
  // @ts-expect-error: a sort that there is not
  () => client.operations.listExportTasks({ sort_type: 'UP' });
  // @ts-expect-error: an option that there is not
  () => client.operations.listExportTasks({}, { baseUrl: 'http://elsewhere' });
  // @ts-expect-error: no project
  () => createClient({ region: 'r', credentials });
  // @ts-expect-error: neither region nor baseUrl
  () => createClient({ projectId, credentials });
  // @ts-expect-error: both of them
  () => createClient({ region: 'r', baseUrl: 'http://h', projectId, credentials });
  // @ts-expect-error: a token that is no credentials yet
  () => createClient({ region: 'r', projectId, credentials: 'a-token' });
  // @ts-expect-error: half a key
  () => akSk({ ak: 'a' });
  // @ts-expect-error: half a key from a function
  () => akSk(async () => ({ ak: 'a' }));
  // @ts-expect-error: a token that is none
  () => token(() => 42);
  // @ts-expect-error: a retry that there is not
  () => createClient({ region: 'r', projectId, credentials, retry: { attempts: 3 } });
  // @ts-expect-error: a status that there is not
  () => client.operations.listExportTasks({ status: 'DONE' });
  // @ts-expect-error: a time to wait as text
  () => client.operations.listExportTasks({}, { waitSeconds: '10' });
  // @ts-expect-error: a time as a number
  () => startExport(client, { start_time: 1_700_000_000 });
  // @ts-expect-error: a part without the tag that tells the file
  () => client.operations.downloadExportFile('t', { part: { from: 5 } });
  // @ts-expect-error: the id of a task that is no text
  () => waitForExport(client, 42);
});

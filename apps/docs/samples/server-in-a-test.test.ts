import { createClient, exportConnectionRecords, token } from '@connection-records/client';
import { readConnectionRecords } from '@connection-records/client/read';
import { type Server, startServer } from '@connection-records/server';
import { afterAll, beforeAll, expect, test } from 'vitest';

const projectId = '0123456789abcdef0123456789abcdef';
let server: Server;
beforeAll(async () => {
  server = await startServer({
    accounts: [{ name: 'me', token: 'secret', projects: ['*'], actions: ['*'] }],
  });
});
afterAll(() => server.close());

test('an export has the records of the server', async () => {
  const start = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '');
  await server.store.addRecords(projectId, [
    { connection_start_time: start, user_name: 'zhang3' },
  ]);

  const client = createClient({
    baseUrl: server.url,
    projectId,
    credentials: token('secret'),
  });
  const file = await exportConnectionRecords(client, { user_name: 'zhang3' });
  const records = [];
  for await (const record of readConnectionRecords(file)) records.push(record);
  expect(records).toMatchObject([{ connection_start_time: start, user_name: 'zhang3' }]);
});

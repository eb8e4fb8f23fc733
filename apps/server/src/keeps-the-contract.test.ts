import { runContract } from '@connection-records/contract';
import { expect, test } from 'vitest';
import { seedRecords } from './seed/seed.ts';
import { startServer } from './server.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const account = {
  name: 'suite',
  token: 'a-token',
  ak: 'AK',
  sk: 'a-secret',
  projects: ['*'],
  actions: ['*'],
};

test.each([
  ['csv', 'a token', { token: 'a-token' }],
  ['xlsx', 'a signature', { ak: 'AK', sk: 'a-secret' }],
] as const)('the server keeps the contract, with files of %s and %s', async (format, _, credentials) => {
  const server = await startServer({ accounts: [account], format });
  await server.store.addRecords(projectId, [
    ...seedRecords({ rows: 1000, projectId, seed: 1, now: Date.now() }),
  ]);
  const { failed, passed, cases } = await runContract({ baseUrl: server.url, projectId, ...credentials });
  await server.close();
  expect(cases.flatMap(({ failure }) => failure ?? [])).toEqual([]);
  expect(failed).toBe(0);
  expect(passed).toBeGreaterThan(70);
});

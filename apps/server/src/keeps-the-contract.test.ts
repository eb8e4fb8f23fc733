import { runContract } from '@connection-records/contract';
import { expect, test } from 'vitest';
import { seedRecords } from './seed/seed.ts';
import { startServer } from './server.ts';
import { newDatabase } from './store/postgres/database.testing.ts';

const projectId = '0123456789abcdef0123456789abcdef';
/** The project that the suite makes up, to see that nothing shows there, and to move the clock of. */
const madeUp = '0123456789abcdef0123456789abcdea';
const account = {
  name: 'suite',
  token: 'a-token',
  ak: 'AK',
  sk: 'a-secret',
  projects: ['*'],
  actions: ['*'],
};

const former = { name: 'former', token: 'former-token', tokenExpires: 1, projects: ['*'], actions: ['*'] };
const keys = { ak: 'AK', sk: 'a-secret' };
const sandbox = { forbiddenProjectId: 'another-project', sandbox: true };

test.each([
  ['csv', 'a token', { token: 'a-token' }],
  ['xlsx', 'a signature', keys],
  ['csv', 'all that one can know', { ...keys, ...sandbox, token: 'a-token', expiredToken: 'former-token' }],
  ['csv', 'a token, over PostgreSQL', { token: 'a-token' }],
] as const)('the server keeps the contract, with files of %s and %s', async (format, how, options) => {
  const accounts = [{ ...account, projects: 'sandbox' in options ? [projectId, madeUp] : ['*'] }, former];
  const store = how.includes('PostgreSQL') ? { store: await newDatabase() } : {};
  const server = await startServer({ accounts, format, sandbox: 'sandbox' in options, ...store });
  await server.store.addRecords(projectId, [
    ...seedRecords({ rows: 1000, projectId, seed: 1, now: Date.now() }),
  ]);
  const { failed, passed, cases } = await runContract({ baseUrl: server.url, projectId, ...options });
  await server.close();
  expect(cases.flatMap(({ failure }) => failure ?? [])).toEqual([]);
  expect(failed).toBe(0);
  expect(passed).toBeGreaterThan(400);
});

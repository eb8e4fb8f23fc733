import { runContract } from '@connection-records/contract';
import { startMock } from '@connection-records/mock';
import { expect, test } from 'vitest';

test('my server keeps the contract', { timeout: 60_000 }, async () => {
  const server = await startMock(); // yours goes here
  const { cases } = await runContract({
    baseUrl: server.url,
    projectId: '0123456789abcdef0123456789abcdef',
    token: 'any',
    examples: true, // for the mock alone
    runs: 0,
  });
  await server.close();
  expect(cases.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});

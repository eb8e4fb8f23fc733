import { runContract } from '@connection-records/contract';
import { expect, test } from 'vitest';
import { startMock } from './mock.ts';

test('the mock keeps the contract, with every named example', { timeout: 30_000 }, async () => {
  const mock = await startMock();
  const { passed, failed, cases } = await runContract({
    baseUrl: mock.url,
    projectId: '0123456789abcdef0123456789abcdef',
    token: 'any',
    examples: true,
  });
  await mock.close();
  expect(cases.flatMap(({ failure }) => failure ?? [])).toEqual([]);
  expect(failed).toBe(0);
  expect(passed).toBeGreaterThan(100);
});

import { expect, test } from 'vitest';
import type { Connection } from './database.ts';
import { groupCommit } from './group-commit.ts';

/** A connection that only counts its transactions. */
function counting() {
  const counted = { transactions: 0 };
  const transaction: Connection['transaction'] = (work) => {
    counted.transactions++;
    return work();
  };
  return { counted, together: groupCommit({ transaction } as Connection) };
}

test('what comes in one turn shares a transaction, and each gets its own result', async () => {
  const { counted, together } = counting();
  expect(await Promise.all([together(() => 1), together(() => 'two')])).toEqual([1, 'two']);
  expect(await together(() => 3)).toBe(3);
  expect(counted.transactions).toBe(2);
});

test('when one of them fails, nobody is told that anything was done, and the next ones go on', async () => {
  const { together } = counting();
  const fail = () => {
    throw new Error('the disk is full');
  };
  const group = await Promise.allSettled([together(() => 1), together(fail)]);
  expect(group.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
    'Error: the disk is full',
    'Error: the disk is full',
  ]);
  expect(await together(() => 2)).toBe(2);
});

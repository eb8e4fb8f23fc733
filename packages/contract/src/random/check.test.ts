import { expect, it } from 'vitest';
import { budgetOf } from './check.ts';

it('has the more time the more runs there are, and more between polite requests', () => {
  expect(budgetOf({ runs: 20, polite: false })).toBe(30_000);
  expect(budgetOf({ runs: 200, polite: false })).toBe(60_000);
  expect(budgetOf({ runs: 200, polite: true })).toBe(200_000);
});

import { describe, expect, it } from 'vitest';
import { pairwise } from './pairwise.ts';

/** Every two values of two factors that stand together in no row. */
function unmet(sizes: readonly number[], rows: readonly (readonly number[])[]): string[] {
  const found: string[] = [];
  for (let a = 0; a < sizes.length; a++) {
    for (let b = a + 1; b < sizes.length; b++) {
      for (let x = 0; x < (sizes[a] ?? 0); x++) {
        for (let y = 0; y < (sizes[b] ?? 0); y++) {
          if (!rows.some((row) => row[a] === x && row[b] === y)) found.push(`${a}=${x} ${b}=${y}`);
        }
      }
    }
  }
  return found;
}

describe('all pairs', () => {
  it.each([
    [[2, 2], 4],
    [[2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], 13],
    [[3, 3, 3, 3], 13],
    [[2, 3, 5, 3, 3, 4], 25],
  ])('of factors with %j values are met, in at most %i rows', (sizes, most) => {
    const rows = pairwise(sizes);
    expect(unmet(sizes, rows)).toEqual([]);
    expect(rows.length).toBeLessThanOrEqual(most);
    expect(rows.every((row) => row.every((value, factor) => value < (sizes[factor] ?? 0)))).toBe(true);
  });

  it('of one factor are its values, and of none nothing', () => {
    expect(pairwise([3])).toEqual([[0], [1], [2]]);
    expect(pairwise([])).toEqual([]);
  });

  it('are the same each time, so that a failure can be repeated', () => {
    expect(pairwise([2, 3, 4])).toEqual(pairwise([2, 3, 4]));
  });
});

/** All pairs: few choices in which every two values of two factors meet. */

/** For each factor, the index of the value chosen. */
export type Row = readonly number[];

/**
 * Rows in which every pair of values of two factors stands together at least once, given how many values each factor has. Greedy: each row
 * begins with a pair that is still missing, and each other factor takes the value that adds most of those. The same rows each time.
 */
export function pairwise(sizes: readonly number[]): Row[] {
  const missing = new Set(
    sizes.flatMap((size, a) =>
      sizes.flatMap((other, b) =>
        a < b ? range(size).flatMap((value) => range(other).map((paired) => key(a, value, b, paired))) : [],
      ),
    ),
  );
  const rows: Row[] = sizes.length === 1 ? range(sizes[0] ?? 0).map((value) => [value]) : [];
  while (missing.size > 0) {
    const [first = ''] = missing;
    const row = complete(first, sizes, missing);
    for (const pair of pairsOf(row)) missing.delete(pair);
    rows.push(row);
  }
  return rows;
}

/** Fills a row around a pair: factor by factor, the value that meets most of the pairs still missing. */
function complete(pair: string, sizes: readonly number[], missing: ReadonlySet<string>): Row {
  const [a = 0, value, b = 0, paired] = pair.split(' ').map(Number);
  const row: (number | undefined)[] = sizes.map((_, factor) =>
    factor === a ? value : factor === b ? paired : undefined,
  );
  for (const [factor, size] of sizes.entries()) {
    if (row[factor] !== undefined) continue;
    const gains = range(size).map(
      (candidate) =>
        row.filter(
          (chosen, other) => chosen !== undefined && missing.has(key(factor, candidate, other, chosen)),
        ).length,
    );
    row[factor] = gains.indexOf(Math.max(...gains));
  }
  return row.map((chosen) => chosen ?? 0);
}

function pairsOf(row: Row): string[] {
  return row.flatMap((value, a) =>
    row.slice(a + 1).map((paired, more) => key(a, value, a + 1 + more, paired)),
  );
}

/** The same for both orders of the factors. */
function key(a: number, value: number, b: number, paired: number): string {
  return a < b ? `${a} ${value} ${b} ${paired}` : `${b} ${paired} ${a} ${value}`;
}

function range(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}

import { mkdir, writeFile } from 'node:fs/promises';

/** One thing measured: what, in which unit, and every figure of it. */
export interface Series {
  what: string;
  unit: string;
  values: number[];
}

/** The middle of the values: half are not above it, half not below. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Measures the subjects in turn, A B A B, so that what else the machine does falls on all of them. The first round does not count. */
export async function sideBySide(
  unit: string,
  rounds: number,
  subjects: Record<string, () => Promise<number>>,
): Promise<Series[]> {
  const series = Object.keys(subjects).map((what): Series => ({ what, unit, values: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { what, values } of series) {
      const value = await subjects[what]!();
      if (round > 0) values.push(value);
    }
  }
  return series;
}

/** Prints the series as a table, each against the last of them, and keeps every figure in bench/results/NAME.json. */
export async function report(name: string, series: Series[]): Promise<void> {
  const base = median(series.at(-1)!.values);
  console.log(`\n${name}`);
  console.table(
    Object.fromEntries(
      series.map(({ what, unit, values }) => [
        what,
        {
          [`median, ${unit}`]: Math.round(median(values)),
          min: Math.round(Math.min(...values)),
          max: Math.round(Math.max(...values)),
          ratio: Number((median(values) / base).toFixed(2)),
        },
      ]),
    ),
  );
  const results = new URL('../bench/results/', import.meta.url);
  await mkdir(results, { recursive: true });
  await writeFile(
    new URL(`${name.replaceAll(/\W+/g, '-')}.json`, results),
    `${JSON.stringify({ name, series }, null, 2)}\n`,
  );
}

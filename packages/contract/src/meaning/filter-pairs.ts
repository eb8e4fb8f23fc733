/** Two filters at a time: a server may obey each alone, and only one of them where both are given. */
import type { ExactFilter, Latency, Probe } from './filters.ts';
import { numberOf, type Row, textOf } from './rows.ts';

/** A filter by what one record has. */
interface Condition {
  name: string;
  field: string;
  /** The value that finds the record; undefined where it has none to filter by. */
  valueOf: (row: Row) => string | undefined;
  /** `undefined` where both are right, or where the case of this filter alone tells. */
  matches: (row: Row, value: string) => boolean | undefined;
}

/** The names of two filters. */
export type Pair = readonly [string, string];

/** How many records to look at for two values that belong together. */
const TRIED = 60;

/** Every two of these filters, with values of which each alone finds more records than both. */
export function together(
  exact: readonly ExactFilter[],
  latency: Latency,
  rows: readonly Row[],
  which: (pair: Pair) => boolean = () => true,
): Probe[] {
  const conditions = [...exact.map(exactly), terminalType, ...bounds(latency)];
  return conditions.flatMap((one, index) =>
    conditions
      .slice(index + 1)
      // A range of latencies has a case of its own, and a domain is a part of the user's name.
      .filter((other) => other.field !== one.field && which([one.name, other.name]))
      .flatMap((other) => probeOf(one, other, rows)),
  );
}

function exactly({ name, fields: [field = name], of }: ExactFilter): Condition {
  const plain = (text: string) => text !== '' && text !== '0';
  return {
    name,
    field,
    valueOf: (row) => (plain(of(row)) ? of(row) : undefined),
    matches: (row, value) => {
      const own = of(row);
      return own === value || (own.toLowerCase() === value.toLowerCase() ? undefined : false);
    },
  };
}

const terminalType: Condition = {
  name: 'terminal_type',
  field: 'terminal_type',
  valueOf: (row) => textOf(row, 'terminal_type') || undefined,
  matches: (row, value) => textOf(row, 'terminal_type').toLowerCase().includes(value.toLowerCase()),
};

function bounds({ min, max, field }: Latency): Condition[] {
  const bound = (name: string, keeps: (rtt: number, value: number) => boolean): Condition => ({
    name,
    field,
    valueOf: (row) => {
      const rtt = numberOf(row, field);
      return rtt === undefined || rtt < 0 || rtt > 10_000 ? undefined : String(rtt);
    },
    matches: (row, value) => {
      const rtt = numberOf(row, field);
      return rtt === undefined || rtt === Number(value) ? undefined : keeps(rtt, Number(value));
    },
  });
  return [bound(min, (rtt, value) => rtt > value), bound(max, (rtt, value) => rtt < value)];
}

/**
 * Two values of which each alone finds more than both: of one record, or else of two, as where a user has one desktop, and no
 * record satisfies both.
 */
function probeOf(one: Condition, other: Condition, rows: readonly Row[]): Probe[] {
  const step = Math.max(1, Math.floor(rows.length / TRIED));
  const some = rows.filter((_, index) => index % step === 0);
  const neighbours = some.slice(1).map((row, index) => [some[index] as Row, row] as const);
  for (const [row, next] of [...some.map((row) => [row, row] as const), ...neighbours]) {
    const [first, second] = [one.valueOf(row), other.valueOf(next)];
    if (first === undefined || second === undefined) continue;
    const found = rows.map((each) => [one.matches(each, first), other.matches(each, second)] as const);
    const onlyFirst = found.some(([a, b]) => a === true && b === false);
    const onlySecond = found.some(([a, b]) => a === false && b === true);
    if (!onlyFirst || !onlySecond) continue;
    return [
      {
        query: { [one.name]: first, [other.name]: second },
        fields: [one.field, other.field],
        rule: `${one.name} and ${other.name} together find the records that satisfy both.`,
        matches: (each) => and(one.matches(each, first), other.matches(each, second)),
      },
    ];
  }
  return [];
}

function and(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

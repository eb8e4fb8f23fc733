/** Compares what a filter found with what it has to find, in words. */
import type { Broken } from '../judge.ts';
import type { Probe } from './filters.ts';
import { type Row, records, show } from './rows.ts';

/** What is wrong with what was found. */
export interface Difference {
  /** Found, and not to be. */
  wrong: readonly Row[];
  /** To be found, and not there. */
  lost: readonly Row[];
  found: number;
}

/** The difference in the words of a failure; `what` is what was asked. */
export function broken(
  rule: string,
  { query, fields }: Probe,
  difference: Difference,
  all: readonly Row[],
  matching: number,
): Omit<Broken, 'basis'> {
  const { wrong, lost, found } = difference;
  const asked = Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const parts = [
    ...(wrong.length > 0 ? [`${wrong.length} that must not be there: ${show(wrong, ...fields)}`] : []),
    ...(lost.length > 0 ? [`${lost.length} missing: ${show(lost, ...fields)}`] : []),
  ];
  return {
    rule,
    expected: `for ${asked}, ${records(matching)} of ${all.length} in all`,
    came: `${records(found)}; ${parts.join('. And ')}`,
  };
}

/** What each filter means, computed anew by the suite, and values to filter by that show a wrong meaning. */
import { numberOf, type Row, tally, textOf } from './rows.ts';

/** What to filter by, and the records that have to be found. */
export interface Probe {
  query: Readonly<Record<string, string>>;
  /** `undefined` where both are right. */
  matches: (row: Row) => boolean | undefined;
  /** The fields that tell why. */
  fields: readonly string[];
  /** The sentence for the text of a failure, where it is not that of the whole rule. */
  rule?: string;
}

/** A filter that finds what is exactly its value. */
export interface ExactFilter {
  name: string;
  /** Of what it speaks, as the text of a failure has it. */
  noun: string;
  fields: readonly string[];
  of: (row: Row) => string;
}

const field = (name: string, noun: string): ExactFilter => ({
  name,
  noun,
  fields: [name],
  of: (row) => textOf(row, name),
});

/** The exact filters that list and export share. */
export const EXACT: readonly ExactFilter[] = [
  field('user_name', 'user'),
  field('computer_name', 'desktop'),
  field('public_ip', 'egress address'),
  field('enterprise_project_id', 'enterprise project'),
];

/** The export has one more. */
export const DOMAIN: ExactFilter = {
  name: 'domain',
  noun: "users' domain",
  fields: ['user_name'],
  of: (row) => {
    const name = textOf(row, 'user_name');
    return name.includes('@') ? name.slice(name.lastIndexOf('@') + 1) : '';
  },
};

/** A filter by a whole value. Of projects, `0` has a case of its own. */
export function exactly(filter: ExactFilter, rows: readonly Row[]): Probe[] {
  const value = goodValue(filter, rows);
  return value === undefined ? [] : [probe(filter, value)];
}

/** A value beyond ASCII, if there is one. */
export function beyondAscii(filter: ExactFilter, rows: readonly Row[]): Probe[] {
  const value = rows.map(filter.of).find((text) => /[^\x20-\x7e]/.test(text));
  return value === undefined ? [] : [probe(filter, value)];
}

/** Filters by parts of a value: its beginning, its end, and a part of the middle. */
export function parts(filter: ExactFilter, rows: readonly Row[]): Probe[] {
  const value = goodValue(filter, rows);
  if (value === undefined || value.length < 3) return [];
  return [value.slice(0, -1), value.slice(1), value.slice(1, -1)]
    .filter((part) => part === part.trim())
    .map((part) => probe(filter, part));
}

/** A filter by a value with its letters in the other case. */
export function otherCase(filter: ExactFilter, rows: readonly Row[]): Probe[] {
  const value = goodValue(filter, rows);
  const swapped = value && swapCase(value);
  return !swapped || swapped === value ? [] : [probe(filter, swapped)];
}

/** Filters by a value in which a wildcard stands for its end. */
export function wildcards(filter: ExactFilter, rows: readonly Row[]): Probe[] {
  const value = goodValue(filter, rows);
  if (value === undefined || value.length < 2) return [];
  return ['%', '_', '*', '?'].map((wildcard) => probe(filter, value.slice(0, -1) + wildcard));
}

/** The default project. Whether a record without a project belongs to it is not documented. */
export function defaultProject(rows: readonly Row[]): Probe[] {
  const project = (row: Row) => textOf(row, 'enterprise_project_id');
  if (!rows.some((row) => project(row) === '0')) return [];
  const matches = (row: Row) => (project(row) === '' ? undefined : project(row) === '0');
  return [{ query: { enterprise_project_id: '0' }, matches, fields: ['enterprise_project_id'] }];
}

/** A part from the middle of a terminal type that some have and others lack, changed by the second parameter. */
export function terminalPart(
  rows: readonly Row[],
  change: (part: string) => string = (part) => part,
): Probe[] {
  const counts = tally(rows.map((row) => textOf(row, 'terminal_type').toLowerCase()));
  const found = rows
    .map((row) => textOf(row, 'terminal_type').slice(1, -1))
    .filter((part) => part.length > 1 && part === part.trim() && swapCase(part) !== part)
    .map((part) => ({ part, count: sum(counts, (type) => type.includes(part.toLowerCase())) }))
    .filter(({ count }) => count < rows.length)
    .sort((a, b) => a.count - b.count)[0];
  if (!found) return [];
  const value = change(found.part);
  return [
    {
      query: { terminal_type: value },
      matches: (row) => textOf(row, 'terminal_type').toLowerCase().includes(value.toLowerCase()),
      fields: ['terminal_type'],
    },
  ];
}

/** Whether a filter of latency has a lower and an upper bound, and which field it means. */
export interface Latency {
  min: string;
  max: string;
  field: string;
}

/** Of which records a rule of latency speaks: those at the bound, those not at it, or those without a measured latency. */
export type About = 'bound' | 'others' | 'unmeasured';

/** A lower bound that is the latency of a record, among the highest. */
export function atLeast(latency: Latency, rows: readonly Row[], about: About): Probe[] {
  const value = nth(measured(latency, rows).sort((a, b) => b - a));
  return value === undefined ? [] : [latencyProbe(latency, { least: value }, about)];
}

/** An upper bound that is the latency of a record, among the lowest. */
export function atMost(latency: Latency, rows: readonly Row[], about: About): Probe[] {
  const value = nth(measured(latency, rows).sort((a, b) => a - b));
  return value === undefined ? [] : [latencyProbe(latency, { most: value }, about)];
}

/** An upper bound of nothing at all, which a careless server takes for none. */
export function atMostZero(latency: Latency, rows: readonly Row[]): Probe[] {
  return measured(latency, rows).some((rtt) => rtt > 0) ? [latencyProbe(latency, { most: 0 }, 'others')] : [];
}

/** Both bounds, with records below, between and above. */
export function between(latency: Latency, rows: readonly Row[]): Probe[] {
  const sorted = measured(latency, rows).sort((a, b) => a - b);
  const [least, most] = [sorted[Math.floor(sorted.length * 0.8)], sorted[Math.floor(sorted.length * 0.85)]];
  return least === undefined || most === undefined ? [] : [latencyProbe(latency, { least, most }, 'others')];
}

function measured({ field }: Latency, rows: readonly Row[]): number[] {
  return rows.flatMap((row) => numberOf(row, field) ?? []).filter((rtt) => rtt >= 0 && rtt <= 10_000);
}

/** So that a filter finds few of many. */
function nth(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor(sorted.length / 20)];
}

function latencyProbe(
  { min, max, field }: Latency,
  { least, most }: { least?: number; most?: number },
  about: About,
): Probe {
  const query = {
    ...(least === undefined ? {} : { [min]: String(least) }),
    ...(most === undefined ? {} : { [max]: String(most) }),
  };
  const matches = (row: Row) => {
    const rtt = numberOf(row, field);
    if (about === 'unmeasured') return rtt === undefined ? false : undefined;
    if (rtt === undefined || (rtt === least || rtt === most) !== (about === 'bound')) return undefined;
    return rtt >= (least ?? 0) && rtt <= (most ?? Number.POSITIVE_INFINITY);
  };
  return { query, matches, fields: [field] };
}

function probe({ name, fields, of }: ExactFilter, value: string): Probe {
  return { query: { [name]: value }, matches: (row) => of(row) === value, fields };
}

/** A value that some records have and others lack, best one with which another begins, and then a rare one. */
function goodValue(filter: ExactFilter, rows: readonly Row[]): string | undefined {
  const counts = tally(rows.map(filter.of).filter((value) => value !== '' && value !== '0'));
  const values = [...counts.keys()].filter((value) => (counts.get(value) ?? 0) < rows.length);
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
  const begun = sorted.find((value, index) => sorted[index + 1]?.startsWith(value));
  if (begun !== undefined) return begun;
  const often = values.filter((value) => (counts.get(value) ?? 0) > 1);
  return (often.length > 0 ? often : values).sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0];
}

/** The text with its letters in the other case. */
export function swapCase(text: string): string {
  const upper = text.toUpperCase();
  return text === upper ? text.toLowerCase() : upper;
}

function sum(counts: ReadonlyMap<string, number>, which: (key: string) => boolean): number {
  return [...counts].reduce((all, [key, count]) => (which(key) ? all + count : all), 0);
}

/** A part with a wildcard in place of its second character. */
export function withWildcard(wildcard: string): (part: string) => string {
  return (part) => part.slice(0, 1) + wildcard + part.slice(2);
}

/** What is demanded of a window of time, of the list and of the export alike. */
import type { Basis } from '../contract.ts';
import type { Probe } from './filters.ts';
import { type Row, startOf } from './rows.ts';
import type { Window } from './snapshot.ts';

/** Two windows that adjoin where a connection began. */
export interface Adjoining {
  before: Window;
  after: Window;
  /** Whether a connection began at the very moment between. */
  exact: boolean;
}

/** The vendor speaks of records after and before a time. */
export const WINDOW_BASIS: Basis = {
  kind: 'inferred',
  why: 'The page does not say whether a bound is inclusive, nor which time of a connection it means: a half-open window over its start lets adjoining windows neither lose nor repeat a record.',
};

/** So many connections on each side are enough to see a slip. */
const SIDE = 25;

/** Two windows of this precision in milliseconds, in the middle of the records; undefined if there are too few. */
export function adjoining(rows: readonly Row[], precision: number): Adjoining | undefined {
  const starts = rows
    .map(startOf)
    .filter((start) => !Number.isNaN(start))
    .sort((a, b) => a - b);
  const middle = Math.floor(starts.length / 2);
  const near = starts
    .map((start, index) => ({ start, index }))
    .sort((a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle));
  const found = near.find(({ start, index }) => start % precision === 0 && index > 0) ?? near[0];
  if (!found || starts.length < 3) return undefined;
  const down = (time: number) => Math.floor(time / precision) * precision;
  const between = down(found.start);
  const from = Math.min(down(starts[Math.max(0, found.index - SIDE)] as number), between - precision);
  const last = starts[Math.min(starts.length - 1, found.index + SIDE)] as number;
  return {
    before: { from, to: between },
    after: { from: between, to: down(last) + precision },
    exact: found.start === between,
  };
}

/** A rule of a window. */
export interface WindowRule {
  title: string;
  rule: string;
  /** With how to write a window in a query. */
  probes: (windows: Adjoining, write: (window: Window) => Record<string, string>) => Probe[];
}

const fields = ['connection_start_time'];

/** The rule of everything but the bounds; `verb` says what is done with a record in the window. */
export function withinRule(verb: string): WindowRule {
  return {
    title: `start_time and end_time: every connection that began within the window is ${verb}, and no other`,
    rule: 'A window has every connection that began within it, and no other.',
    probes: ({ before, after }, write) =>
      [before, after].map((window) => ({
        query: write(window),
        fields,
        matches: (row) => within(row, window),
      })),
  };
}

/** The rules of the bounds. They say nothing new of a window that is not obeyed at all. */
export function boundRules(verb: string): WindowRule[] {
  return [
    {
      title: `start_time is inclusive: a connection that began at it is ${verb}`,
      rule: 'start_time is inclusive: a window has the connections that began at it.',
      probes: ({ after, exact }, write) => {
        const matches = (row: Row) => startOf(row) === after.from || undefined;
        return exact ? [{ query: write(after), fields, matches }] : [];
      },
    },
    {
      title: `end_time is exclusive: a connection that began at it is not ${verb}`,
      rule: 'end_time is exclusive: a window does not have the connections that began at it.',
      probes: ({ before, exact }, write) => {
        const matches = (row: Row) => (startOf(row) === before.to ? false : undefined);
        return exact ? [{ query: write(before), fields, matches }] : [];
      },
    },
  ];
}

/** Whether the connection began in the window; undefined where it began at one of its bounds. */
function within(row: Row, { from, to }: Window): boolean | undefined {
  const start = startOf(row);
  if (Number.isNaN(start) || start === from || start === to) return undefined;
  return start > from && start < to;
}

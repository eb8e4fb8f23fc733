import { UsageError } from './failure.ts';

const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
type Unit = keyof typeof units;

const day = units.d;
/** Clocks differ a little, and a request takes its time. */
const slack = units.m;

/** What the times may look like, for help and errors. */
export const timeForms =
  'Give now, today, yesterday, a time ago such as 7d, 36h or 1h30m, or a time such as 2026-02-01, 2026-02-01T08:00 or 2026-02-01T08:00+08:00';

/** Milliseconds of a duration such as `30s`, `90m`, `1h30m`, `7d` or `2w`; undefined if it is none. */
export function durationOf(text: string): number | undefined {
  if (!/^(\d+[wdhms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)(\w)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * units[unit as Unit],
    0,
  );
}

/**
 * A time as people write it. Without an offset it is by this machine's time zone, of which a bare date, `today` and `yesterday` are the
 * first moment of the day.
 *
 * @throws UsageError if it is none.
 */
export function timeOf(text: string, now: number): Date {
  const ago = durationOf(text);
  if (ago !== undefined) return new Date(now - ago);
  if (text === 'now') return new Date(now);
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  if (text === 'today') return midnight;
  // By the calendar: a day is not always 24 hours long.
  if (text === 'yesterday') return new Date(midnight.setDate(midnight.getDate() - 1));
  const [, date, time = '00:00', fraction = '', offset = ''] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i.exec(text) ?? [];
  const zone = offset.replace(/^(...)(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
  const seconds = time.length === 5 ? `${time}:00` : time;
  const found = new Date(`${date}T${seconds}${fraction.slice(0, 4)}${zone.toUpperCase()}`);
  // February 30 has the form of a day and is none, which Date takes for March.
  const isDay =
    !Number.isNaN(+found) && new Date(Date.parse(`${date}T00:00Z`)).toJSON()?.startsWith(`${date}`);
  if (!isDay) throw new UsageError(`"${text}" is no time. ${timeForms}.`);
  return found;
}

/** A window of time; a side that is left out is the edge of the last 30 days. */
export interface Window {
  from?: Date | undefined;
  to?: Date | undefined;
}

/**
 * The window between two times as people write them, which the service can answer for.
 *
 * @throws UsageError if it is longer than 30 days, ends before it begins, or lies outside of the last 30 days.
 */
export function windowOf(given: { from?: string; to?: string }, now: number): Window {
  const from = given.from === undefined ? undefined : timeOf(given.from, now);
  const to = given.to === undefined ? undefined : timeOf(given.to, now);
  const begin = +(from ?? now - 30 * day);
  const end = +(to ?? now);
  const shown = (name: string, at: number, text = '') =>
    `--${name}${text ? ` ${text}` : ''} is ${inUtc(new Date(at))}`;
  const fromIs = shown('from', begin, given.from);
  const toIs = shown('to', end, given.to);
  if (begin >= end) throw new UsageError(`${fromIs}, which is not before the end: ${toIs}.`);
  if (end - begin > 30 * day + slack)
    throw new UsageError(
      `The window is ${Math.ceil((end - begin) / day)} days long. The service exports at most 30 days, and only of the last 30 days: ` +
        'it knows nothing older. Give a later --from, such as 30d.',
    );
  for (const [at, is] of [
    [begin, fromIs],
    [end, toIs],
  ] as const) {
    if (at < now - 30 * day - slack)
      throw new UsageError(`${is}. The service knows the last 30 days only. Give 30d or later.`);
    if (at > now + slack) throw new UsageError(`${is}, which is still to come. Give now or earlier.`);
  }
  return { from, to };
}

/** A time in UTC to the second, as in `2026-02-01T00:00:00Z`. */
export const inUtc = (time: Date) => `${time.toISOString().slice(0, 19)}Z`;

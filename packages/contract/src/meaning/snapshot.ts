/** What the records were when the run began, once per run: every expectation is computed from it. */
import { HOUR, MINUTE } from '../clock.ts';
import { operationNamed } from '../contract.ts';
import { oncePerWorld } from '../memo.ts';
import type { Ask, Exchange } from '../request.ts';
import { Skip, toMinute, toSecond, type World } from '../world.ts';
import { beyond, keyOf, pageOf, type Row, tally, textOf } from './rows.ts';

/** The list of records. */
export const LIST = operationNamed('listConnectionRecords');

/** From a moment to another, the second not included, in milliseconds since 1970. */
export interface Window {
  from: number;
  to: number;
}

export interface Snapshot {
  window: Window;
  rows: readonly Row[];
  /** What the first page calls the number of them. */
  total: number;
  /** The first page. */
  exchange: Exchange;
}

/** Beyond so many rows, a narrower window does as well. */
const ENOUGH = 20_000;
/** The most rows of a page. */
export const PAGE = 1000;

/** The window as the list takes it. */
export function inMinutes({ from, to }: Window): Record<string, string> {
  return { start_time: toMinute(from), end_time: toMinute(to) };
}

/** The window as the export takes it. */
export function inSeconds({ from, to }: Window): Record<string, string> {
  return { start_time: toSecond(from), end_time: toSecond(to) };
}

/** The records of a window that ended before the run; throws `Skip` if there are none, or no list of them. */
export const snapshotOf = oncePerWorld(async (world) => {
  // Two hours less than 30 days, so that none of them grows too old during the run.
  let window = { from: world.hour - 30 * 24 * HOUR + 2 * HOUR, to: world.hour - HOUR };
  for (let tries = 0; tries < 5; tries++) {
    const found = await readAll(world, window);
    if (found.rows.length === 0) throw new Skip(`there are no records in ${said(window)} (--without rows)`);
    if (found.total <= ENOUGH) return found;
    const part = Math.floor(((window.to - window.from) * ENOUGH * 0.9) / found.total / MINUTE) * MINUTE;
    window = { from: window.to - Math.max(part, MINUTE), to: window.to };
  }
  throw new Skip(`there are more than ${ENOUGH} records in ${said(window)}`);
});

/** Throws `Skip` if the records are no longer those of the snapshot: what differs may then be nobody's fault. */
export async function settle(world: World): Promise<void> {
  const then = await snapshotOf(world);
  const now = await readAll(world, then.window);
  const moved = [
    ...beyond(now.rows, tally(then.rows.map(keyOf)), keyOf),
    ...beyond(then.rows, tally(now.rows.map(keyOf)), keyOf),
  ];
  if (moved.length === 0) return;
  const id = textOf(moved[0] ?? {}, 'transaction_id');
  throw new Skip(`the records changed while they were looked at: ${moved.length} of them, such as ${id}`);
}

async function readAll({ ask }: World, window: Window): Promise<Snapshot> {
  const rows: Row[] = [];
  let first: { total: number; exchange: Exchange } | undefined;
  do {
    const exchange = await ask(pageRequest(window, { limit: PAGE, offset: rows.length }));
    const page = pageOf(exchange.answer);
    if (!page)
      throw new Skip('the records cannot be listed by a window; see the cases of listConnectionRecords');
    first ??= { total: page.total, exchange };
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  } while (rows.length < first.total && first.total <= ENOUGH);
  return { window, rows, ...first };
}

/** Asks for a page of a window. */
export function pageRequest(
  window: Window,
  { limit, offset }: { limit: number; offset: number },
  query: Readonly<Record<string, string>> = {},
): Ask {
  const paging = { limit: String(limit), ...(offset > 0 ? { offset: String(offset) } : {}) };
  return { operation: LIST, query: { ...inMinutes(window), ...query, ...paging } };
}

/** The window in words. */
export function said({ from, to }: Window): string {
  return `the window from ${toSecond(from)} to ${toSecond(to)}`;
}

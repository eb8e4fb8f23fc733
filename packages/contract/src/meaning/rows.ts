/** Records as the list shows them, and how to count and to name them. */
import { json } from '../judge.ts';
import type { Answer } from '../request.ts';

/** A record; what is in it is for the cases to judge. */
export type Row = Readonly<Record<string, unknown>>;

/** A page of the list, as far as it has the shape of one. */
export interface Page {
  rows: Row[];
  total: number;
}

/** The page in an answer; undefined if it is of another shape. */
export function pageOf(answer: Answer): Page | undefined {
  const body = json(answer) as { records?: unknown; total_count?: unknown } | undefined;
  if (answer.status !== 200 || !Array.isArray(body?.records)) return undefined;
  const rows = body.records.filter((row) => typeof row === 'object' && row !== null);
  return { rows, total: typeof body.total_count === 'number' ? body.total_count : rows.length };
}

/** The text of a field, empty where it is missing. */
export function textOf(row: Row, field: string): string {
  const value = row[field];
  return value === undefined || value === null ? '' : String(value);
}

/** The number in a field, if it has one. */
export function numberOf(row: Row, field: string): number | undefined {
  const value = row[field];
  return typeof value === 'number' ? value : undefined;
}

/** When the connection began, in milliseconds since 1970. */
export function startOf(row: Row): number {
  return Date.parse(textOf(row, 'connection_start_time'));
}

/** The same text for the same record, whatever the order of its fields. */
export function keyOf(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How often each key is there. */
export function tally(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The items beyond those that the counts have: `tally` of the one, items of the other. */
export function beyond<Item>(
  items: readonly Item[],
  counts: ReadonlyMap<string, number>,
  key: (item: Item) => string,
): Item[] {
  const left = new Map(counts);
  return items.filter((item) => {
    const own = key(item);
    const count = left.get(own) ?? 0;
    left.set(own, count - 1);
    return count <= 0;
  });
}

const SHOWN = 3;

/** A few records in a few words: their ids, and the fields that matter. */
export function show(rows: readonly Row[], ...fields: string[]): string {
  const shown = rows.slice(0, SHOWN).map((row) => {
    const values = fields.map((field) => `${field} ${JSON.stringify(row[field] ?? null)}`);
    return [textOf(row, 'transaction_id') || textOf(row, 'connection_start_time'), ...values].join(' ');
  });
  return [...shown, ...(rows.length > SHOWN ? [`… (${rows.length})`] : [])].join('; ');
}

/** `1 record`, `2 records`. */
export function records(count: number): string {
  return `${count} record${count === 1 ? '' : 's'}`;
}

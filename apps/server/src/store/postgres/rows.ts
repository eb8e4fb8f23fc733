import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { columns as allColumns, type Cell, type Column, kinds, type Row } from '../columns.ts';
import { recordCondition } from '../condition.ts';
import type { RecordFilter } from '../store.ts';
import { settings } from './connect.ts';
import { quoted } from './records.ts';
import { decoded, literal, withLiterals } from './text.ts';

/** Rows in a batch at most. */
const BATCH = 1000;

/**
 * The records that match as the text of COPY, oldest first: a line each, with the given expressions between tabs. One statement sees the
 * database as it was when it began, whatever others write meanwhile.
 */
export async function* copyOut(
  url: string,
  filter: RecordFilter,
  expressions: readonly string[],
  options = '',
): AsyncGenerator<Buffer, void> {
  const { sql, values } = recordCondition(filter, 'strpos');
  const select = `SELECT ${expressions.join(', ')} FROM records WHERE ${withLiterals(sql, values)} ORDER BY started, key`;
  const client = new pg.Client(settings(url, 'export'));
  // What breaks the connection breaks the stream as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const rows = client.query(copyTo(`COPY (${select}) TO STDOUT ${options}`));
    // Once they are read, nobody listens any more, and a connection that breaks then would end the thread.
    rows.on('error', () => undefined);
    yield* rows as AsyncIterable<Buffer>;
  } finally {
    // Not end(), which would wait for the rows that nobody wants any more.
    (client as unknown as { connection: pg.Connection }).connection.stream.destroy();
  }
}

/** All rows that match, oldest first, in batches, with the values of these columns. */
export async function* readRows(
  url: string,
  filter: RecordFilter,
  columns: readonly Column[] = allColumns,
): AsyncGenerator<Row[], void> {
  const numeric = columns.map((name) => kinds[name] !== 'text');
  const cellOf = (text: string, index: number): Cell => {
    if (text === '\\N') return null;
    return numeric[index] ? Number(text) : textOf(text);
  };
  const rowOf = (line: string): Row => line.split('\t').map(cellOf);
  for await (const lines of linesOf(copyOut(url, filter, columns.map(quoted))))
    for (let from = 0; from < lines.length; from += BATCH) yield lines.slice(from, from + BATCH).map(rowOf);
}

/** The text of COPY for the rows of a CSV file: nothing for NULL, and words for true and false. */
export function copyForCsv(
  url: string,
  filter: RecordFilter,
  fields: readonly Column[],
  yes: string,
  no: string,
) {
  const expressions = fields.map((name) =>
    kinds[name] === 'boolean'
      ? `CASE ${quoted(name)} WHEN 1 THEN ${literal(yes)} WHEN 0 THEN ${literal(no)} END`
      : quoted(name),
  );
  return copyOut(url, filter, expressions, `(NULL '')`);
}

/** Whole lines of what comes in pieces. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string[], void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(10);
    if (end < 0) {
      rest = Buffer.concat([rest, piece]);
      continue;
    }
    yield (rest.toString() + piece.toString('utf8', 0, end)).split('\n');
    rest = piece.subarray(end + 1);
  }
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
/** A text as it was before COPY and the store have escaped it. */
export const textOf = (text: string): string =>
  decoded(text.includes('\\') ? text.replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char) : text);

import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { columns as allColumns, type Cell, type Column, kinds, type Row } from '../columns.ts';
import { recordCondition } from '../condition.ts';
import type { RecordFilter } from '../store.ts';
import { settings } from './connect.ts';
import { quoted } from './records.ts';
import { decoded, withLiterals } from './text.ts';

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
): AsyncGenerator<Buffer, void> {
  const { sql, values } = recordCondition(filter, 'strpos');
  const select = `SELECT ${expressions.join(', ')} FROM records WHERE ${withLiterals(sql, values)} ORDER BY started, key`;
  const client = new pg.Client(settings(url, 'export'));
  // What breaks the connection breaks the stream as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    yield* client.query(copyTo(`COPY (${select}) TO STDOUT`)) as AsyncIterable<Buffer>;
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
    return numeric[index] ? Number(text) : decoded(text.includes('\\') ? unescaped(text) : text);
  };
  const rowOf = (line: string): Row => line.split('\t').map(cellOf);
  for await (const lines of linesOf(copyOut(url, filter, columns.map(quoted))))
    for (let from = 0; from < lines.length; from += BATCH) yield lines.slice(from, from + BATCH).map(rowOf);
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
const unescaped = (text: string) => text.replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char);

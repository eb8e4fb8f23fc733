import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { encoded } from './text.ts';

/** How many bytes are sent at once. */
const CHUNK = 256 * 1024;

/** What COPY writes into a column; undefined is NULL. */
export type Value = string | number | boolean | null | undefined;

/** Writes rows into the columns of a table that `into` names. */
export function copyIn(client: pg.PoolClient, into: string, rows: Iterable<readonly Value[]>): Promise<void> {
  return pipeline(Readable.from(chunksOf(rows)), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
}

/**
 * The text of COPY. A line is joined, because adding text to text is slower; then each is made bytes for itself: most have ASCII
 * characters only, which a single wide one among many lines would slow down for all of them.
 */
function* chunksOf(rows: Iterable<readonly Value[]>): Generator<Buffer, void> {
  let bytes = Buffer.allocUnsafe(CHUNK);
  let length = 0;
  for (const row of rows) {
    const line = row.map(cell).join('\t');
    const most = 3 * line.length + 1;
    if (length + most > bytes.length) {
      yield bytes.subarray(0, length);
      // Another one: what was given out may not have been sent yet.
      bytes = Buffer.allocUnsafe(Math.max(CHUNK, most));
      length = 0;
    }
    length += bytes.write(line, length);
    length = bytes.writeUInt8(10, length);
  }
  yield bytes.subarray(0, length);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what COPY and the store escape.
const odd = /[\0\x01\t\n\r\\]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function cell(value: Value): string {
  if (typeof value === 'string')
    return odd.test(value) ? encoded(value).replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : value;
  if (value === null || value === undefined) return '\\N';
  return String(Number(value));
}

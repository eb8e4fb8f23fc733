import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ConnectionRecord } from '@connection-records/types';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Cell, columns, domainOf, keyOf, type Row, recordOf, rowOf, startOf } from '../columns.ts';
import { recordCondition } from '../condition.ts';
import type { Page, RecordFilter } from '../store.ts';
import { statement, withClient } from './connect.ts';
import { dayOf, makePartitions } from './partitions.ts';
import { decoded, encoded, withLiterals } from './text.ts';

/** The name of a column as SQL has it: some have capitals. */
export const quoted = (name: string) => `"${name}"`;

const stored = ['project_id', 'started', 'key', 'terminal_type_lower', 'domain', ...columns];
const copy = `COPY records (${stored.map(quoted).join(', ')}) FROM STDIN`;

// Only the keys are compared with what is there, so that whole records are written once; in their order, so that two servers that add
// the same ones wait for each other, and never both.
const claim = `WITH claimed AS (
    INSERT INTO record_keys (project_id, key, started)
    SELECT $1, key, started FROM unnest($2::text[], $3::bigint[]) AS new (key, started) ORDER BY key
    ON CONFLICT DO NOTHING RETURNING key
  ) SELECT count(*), CASE WHEN count(*) < cardinality($2::text[]) THEN array_agg(key) END FROM claimed`;

/** How many records are sent at once. */
const LINES = 200;

interface Line {
  started: number;
  text: string;
}

/** Adds records, and tells how many were new. */
export async function addRecords(pool: pg.Pool, projectId: string, records: readonly ConnectionRecord[]) {
  const lines = linesOf(projectId, records);
  if (lines.size === 0) return 0;
  return withClient(pool, async (client) => {
    await makePartitions(client, new Set(Array.from(lines.values(), ({ started }) => dayOf(started))));
    await client.query('BEGIN');
    const starts = Array.from(lines.values(), ({ started }) => started);
    const { rows } = await client.query(
      statement(claim, [encoded(projectId), Array.from(lines.keys(), encoded), starts]),
    );
    // Which ones are new is told only where not all of them are.
    const [count, keys] = rows[0] as [number, string[] | null];
    const added = count === lines.size ? lines.values() : (keys ?? []).map((key) => lines.get(decoded(key))!);
    if (count > 0) await pipeline(Readable.from(chunksOf(added)), client.query(copyFrom(copy)));
    await client.query('COMMIT');
    return count;
  });
}

/** The line of COPY of each record by its key. Of those with the same key, the first counts. */
function linesOf(projectId: string, records: readonly ConnectionRecord[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  for (const record of records) {
    const row = rowOf(record);
    const started = startOf(record);
    const key = keyOf(record, row);
    if (lines.has(key)) continue;
    const compared = [record.terminal_type?.toLowerCase() ?? null, domainOf(record.user_name)];
    lines.set(key, { started, text: lineOf([projectId, started, key, ...compared, ...row]) });
  }
  return lines;
}

function* chunksOf(lines: Iterable<Line>): Generator<Buffer, void> {
  let texts: string[] = [];
  for (const { text } of lines) {
    if (texts.push(text) < LINES) continue;
    yield Buffer.from(texts.join(''));
    texts = [];
  }
  if (texts.length > 0) yield Buffer.from(texts.join(''));
}

/** A row as COPY reads it. Joined: adding text to text takes four times as long, because it is put together only when it is read. */
const lineOf = (values: readonly Cell[]) => `${values.map(cell).join('\t')}\n`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what COPY and the store escape.
const odd = /[\0\x01\t\n\r\\]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
function cell(value: Cell): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return odd.test(value) ? encoded(value).replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : value;
}

const whole = columns.map(quoted).join(', ');

/** A page of the records that match, oldest first, and how many match in all: both of the same moment, in one message. */
export async function listRecords(pool: pg.Pool, filter: RecordFilter, { offset, limit }: Page) {
  const { sql, values } = recordCondition(filter, 'strpos');
  const matching = `FROM records WHERE ${withLiterals(sql, values)}`;
  const [, count, page] = (await withClient(pool, (client) =>
    client.query(
      statement(`BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SELECT count(*) ${matching};
        SELECT ${whole} ${matching} ORDER BY started, key LIMIT ${limit} OFFSET ${offset}; COMMIT`),
    ),
  )) as unknown as pg.QueryArrayResult[];
  const rows = page!.rows.map((row) =>
    row.map((value) => (typeof value === 'string' ? decoded(value) : value)),
  );
  return { records: rows.map((row) => recordOf(row as Row)), total: Number(count!.rows[0]![0]) };
}

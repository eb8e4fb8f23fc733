import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ConnectionRecord } from '@connection-records/types';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { columns, domainOf, keyOf, type Row, recordOf, rowOf, startOf } from '../columns.ts';
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
const claim = `INSERT INTO record_keys (project_id, key, started)
  SELECT $1, key, started FROM unnest($2::text[], $3::bigint[]) AS new (key, started) ORDER BY key
  ON CONFLICT DO NOTHING RETURNING key`;

/** About how many characters are sent at once. */
const CHUNK = 64 * 1024;

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
    const { rows } = await client.query(statement(claim, [encoded(projectId), [...lines.keys()], starts]));
    const added = rows.length === lines.size ? lines.values() : rows.map(([key]) => lines.get(key)!);
    if (rows.length > 0) await pipeline(Readable.from(chunksOf(added)), client.query(copyFrom(copy)));
    await client.query('COMMIT');
    return rows.length;
  });
}

/** The line of COPY of each record by its key. Of those with the same key, the first counts. */
function linesOf(projectId: string, records: readonly ConnectionRecord[]): Map<string, Line> {
  const lines = new Map<string, Line>();
  const project = cell(projectId);
  for (const record of records) {
    const row = rowOf(record);
    const started = startOf(record);
    const key = encoded(keyOf(record, row));
    if (lines.has(key)) continue;
    const type = record.terminal_type?.toLowerCase() ?? null;
    let text = `${project}\t${started}\t${escaped(key)}\t${cell(type)}\t${cell(domainOf(record.user_name))}`;
    for (const value of row) text += `\t${cell(value)}`;
    lines.set(key, { started, text: `${text}\n` });
  }
  return lines;
}

function* chunksOf(lines: Iterable<Line>): Generator<Buffer, void> {
  let chunk = '';
  for (const { text } of lines) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk) yield Buffer.from(chunk);
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const cell = (value: string | number | null) =>
  typeof value === 'string' ? escaped(encoded(value)) : value === null ? '\\N' : String(value);
const escaped = (text: string) =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : text;

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

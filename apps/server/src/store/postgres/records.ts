import type { ConnectionRecord } from '@connection-records/types';
import type pg from 'pg';
import { columns, domainOf, keyOf, type Row, recordOf, rowOf, startOf } from '../columns.ts';
import { recordCondition } from '../condition.ts';
import type { Page, RecordFilter, Store } from '../store.ts';
import { statement, withClient } from './connect.ts';
import { copyIn, type Value } from './copy-in.ts';
import { dayOf, makePartitions } from './partitions.ts';
import { decoded, encoded, withLiterals } from './text.ts';

/** The name of a column as SQL has it: some have capitals. */
export const quoted = (name: string) => `"${name}"`;

const stored = ['project_id', 'started', 'key', 'terminal_type_lower', 'domain', ...columns];
const intoRecords = `records (${stored.map(quoted).join(', ')})`;
const intoKeys = 'record_keys (project_id, key, started)';

const claim = `INSERT INTO record_keys (project_id, key, started)
  SELECT $1, key, started FROM unnest($2::text[], $3::bigint[]) AS new (key, started)
  ON CONFLICT DO NOTHING RETURNING key`;

/** PostgreSQL's code for a key that is there already. */
const UNIQUE_VIOLATION = '23505';

interface Candidate {
  key: string;
  started: number;
  record: ConnectionRecord;
}

/**
 * How records are added. Only their keys are compared with what is there, so that whole records are written once. Nearly always all of
 * them are new, or some in every batch are not; so it is taken to be as it was the last time.
 */
export function recordAdder(pool: pg.Pool): Store['addRecords'] {
  let allNew = true;
  return async (projectId, records) => {
    const candidates = candidatesOf(records);
    if (candidates.length === 0) return 0;
    return withClient(pool, async (client) => {
      await makePartitions(client, new Set(candidates.map(({ started }) => dayOf(started))));
      await client.query('BEGIN');
      const copied = allNew && (await copyKeys(client, projectId, candidates));
      const added = copied ? candidates : await claimKeys(client, projectId, candidates);
      allNew = added.length === candidates.length;
      if (added.length > 0) await copyIn(client, intoRecords, linesOf(projectId, added));
      await client.query('COMMIT');
      return added.length;
    });
  };
}

/** Writes all keys, in half the time of {@link claimKeys}, and says true; or none, if one of them is there already. */
async function copyKeys(client: pg.PoolClient, projectId: string, candidates: Candidate[]): Promise<boolean> {
  try {
    const rows = inOrder(candidates).map(({ key, started }) => [projectId, key, started]);
    await copyIn(client, intoKeys, rows);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    await client.query('ROLLBACK; BEGIN');
    return false;
  }
}

/** Writes the keys that are not there yet, and gives back what they belong to. */
async function claimKeys(client: pg.PoolClient, projectId: string, candidates: Candidate[]) {
  const sorted = inOrder(candidates);
  const keys = sorted.map(({ key }) => encoded(key));
  const starts = sorted.map(({ started }) => started);
  const { rows } = await client.query(statement(claim, [encoded(projectId), keys, starts]));
  const claimed = new Set(rows.map(([key]) => decoded(key)));
  return candidates.filter(({ key }) => claimed.has(key));
}

/** By key, so that two servers that add the same records wait for each other, and never both. */
const inOrder = (candidates: Candidate[]) => candidates.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Of the records with the same key, the first counts. */
function candidatesOf(records: readonly ConnectionRecord[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const record of records) {
    const started = startOf(record);
    const key = record.transaction_id || keyOf(record, rowOf(record));
    if (!candidates.has(key)) candidates.set(key, { key, started, record });
  }
  return [...candidates.values()];
}

function* linesOf(projectId: string, candidates: Iterable<Candidate>): Generator<Value[], void> {
  for (const { key, started, record } of candidates) {
    const compared = [record.terminal_type?.toLowerCase(), domainOf(record.user_name)];
    yield [projectId, started, key, ...compared, ...columns.map((name) => record[name])];
  }
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

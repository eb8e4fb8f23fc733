import type pg from 'pg';
import { withClient } from './connect.ts';
import { locks } from './migrate.ts';

const DAY = 86_400_000;

/** How long to wait for those that still read a day before it is left to the next time. */
const PATIENCE = '1s';

/** The table of the day in which a record started: records_20260203. */
export const partitionOf = (day: number) =>
  `records_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`;

export const dayOf = (started: number) => Math.floor(started / DAY) * DAY;

/** Makes the partitions of days that there are none for. Several servers may do so at once. */
export async function makePartitions(client: pg.PoolClient, days: Iterable<number>): Promise<void> {
  const tables = new Map([...days].map((day) => [partitionOf(day), day]));
  const missing = await missingOf(client, [...tables.keys()]);
  if (missing.length === 0) return;
  await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${locks.partitions})`);
  for (const name of await missingOf(client, missing)) {
    const day = tables.get(name)!;
    // Made first and attached then, for which nobody who reads or writes other days has to wait.
    await client.query(`CREATE TABLE ${name} (LIKE records);
      ALTER TABLE records ATTACH PARTITION ${name} FOR VALUES FROM (${day}) TO (${day + DAY})`);
  }
  await client.query('COMMIT');
}

async function missingOf(client: pg.PoolClient, names: string[]): Promise<string[]> {
  // Not to_regclass(), which within a transaction remembers that a table was not there.
  const { rows } = await client.query(
    `SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_class
     WHERE relname = name AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'records'::regclass))`,
    [names],
  );
  return rows.map(({ name }) => name);
}

/**
 * Drops the partitions of days that ended before a time, whatever is in them, and the keys that were in them. Readers are never kept waiting:
 * a day that one of them still reads is hidden from all others, and dropped the next time. One server at a time does so.
 */
export function dropDaysBefore(pool: pg.Pool, time: number): Promise<void> {
  return withClient(pool, async (client) => {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${locks.sweep}) AS mine`);
    if (!rows[0].mine) return;
    try {
      await client.query(`SET lock_timeout = '${PATIENCE}'`);
      for (const partition of await partitionsOf(client))
        if (partition.name < partitionOf(dayOf(time))) await drop(client, partition);
      await client.query(`DELETE FROM record_keys WHERE started < ${dayOf(time)}`);
    } finally {
      await client.query(`RESET lock_timeout; SELECT pg_advisory_unlock(${locks.sweep})`);
    }
  });
}

interface Partition {
  name: string;
  /** Hidden already, but perhaps still read. */
  pending: boolean | null;
}

/** All of them, and what an interrupted drop has left, which belongs to no table any more. */
async function partitionsOf(client: pg.PoolClient): Promise<Partition[]> {
  const { rows } = await client.query(`SELECT relname AS name, inhdetachpending AS pending
    FROM pg_class LEFT JOIN pg_inherits ON inhrelid = pg_class.oid
    WHERE relkind = 'r' AND relname ~ '^records_\\d{8}$' AND pg_table_is_visible(pg_class.oid) ORDER BY relname`);
  return rows;
}

async function drop(client: pg.PoolClient, { name, pending }: Partition): Promise<void> {
  try {
    if (pending !== null) await detach(client, name, pending);
    await client.query(`DROP TABLE ${name}`);
  } catch (error) {
    // lock_not_available: somebody reads it.
    if ((error as { code?: string }).code !== '55P03') throw error;
  }
}

async function detach(client: pg.PoolClient, name: string, pending: boolean): Promise<void> {
  const sql = `ALTER TABLE records DETACH PARTITION ${name}`;
  await client.query(`${sql} ${pending ? 'FINALIZE' : 'CONCURRENTLY'}`).catch((error) => {
    // feature_not_supported: Citus detaches with a lock alone.
    if (error.code !== '0A000') throw error;
    return client.query(sql);
  });
}

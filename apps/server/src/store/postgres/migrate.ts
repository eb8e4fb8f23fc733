import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { withClient } from './connect.ts';

/** How the tables came to be what they are: each file takes them one version further. One that was once released is never changed. */
const migrations = ['schema.sql'];

/** What servers that start at the same time take turns for. */
export const locks = { migrate: 7_201, partitions: 7_202, sweep: 7_203, take: 7_204 };

// From src and from dist alike.
const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

/** Brings the tables up to this version: made if there are none, and only ever taken forward. */
export function migrate(pool: pg.Pool): Promise<void> {
  return withClient(pool, async (client) => {
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${locks.migrate});
      CREATE TABLE IF NOT EXISTS connection_records_version (version integer NOT NULL)`);
    const { rows } = await client.query(
      'SELECT coalesce(max(version), 0) AS version FROM connection_records_version',
    );
    const { version } = rows[0] as { version: number };
    if (version > migrations.length) {
      throw new Error(
        `The database has version ${version}, and this server knows versions up to ${migrations.length}. ` +
          'Start the newer server that made it, or choose another database with --store.',
      );
    }
    for (const file of migrations.slice(version)) await client.query(read(file));
    if (version < migrations.length)
      await client.query(`INSERT INTO connection_records_version VALUES (${migrations.length})`);
    await client.query('COMMIT');
  });
}

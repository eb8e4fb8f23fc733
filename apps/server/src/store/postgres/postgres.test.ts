import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openProxy } from '../../schedules/proxy.testing.ts';
import { startServer } from '../../server.ts';
import { record } from '../records.conformance.ts';
import { describeStore } from '../store.conformance.ts';
import type { Store } from '../store.ts';
import { task } from '../tasks.conformance.ts';
import { newDatabase } from './database.testing.ts';
import { isPassing } from './passing.ts';
import { openPostgresStore } from './postgres.ts';
import { decoded, encoded, literal } from './text.ts';

let url: string;
beforeAll(async () => {
  url = await newDatabase();
});

async function query(sql: string, database = url): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** An empty store. The tables stay, because making them takes longer than the test. */
async function openEmpty() {
  const store = await openPostgresStore(url);
  await query('TRUNCATE records, record_keys, tasks');
  return store;
}

describeStore('PostgreSQL', openEmpty);

describe('the tables', () => {
  test('are made once, by however many servers that start at the same time', async () => {
    const database = await newDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore(database)));
    expect(await query('SELECT version FROM connection_records_version', database)).toEqual([{ version: 1 }]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('are refused when a newer server made them, and left as they were', async () => {
    const database = await newDatabase();
    await (await openPostgresStore(database)).close();
    await query('INSERT INTO connection_records_version VALUES (99)', database);
    await expect(openPostgresStore(database)).rejects.toThrow(
      /has version 99, and this server knows versions up to 1\. Start the newer server/,
    );
  });

  test('have no key that does not begin with the project, and refer to no other, as Citus wants it', async () => {
    await (await openEmpty()).close();
    const keys = await query(`SELECT conrelid::regclass::text AS "table", contype AS kind, attname AS first
      FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'x')`);
    expect(keys).toHaveLength(2);
    expect(keys).toEqual(keys.map((key) => ({ ...key, kind: 'p', first: 'project_id' })));
  });

  test('cannot be reached where there is no database', async () => {
    const nowhere = Object.assign(new URL(url), { pathname: '/none' }).href;
    await expect(openPostgresStore(nowhere)).rejects.toThrow(
      'The database of --store cannot be used: database "none" does not exist. Start it, or mend the URL.',
    );
  });
});

describe('a PostgreSQL store', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openEmpty();
  });
  afterEach(() => store.close());

  test('has a partition for each day, and drops those that are over, with their keys', async () => {
    const day = 86_400;
    await store.addRecords('p', [record('a', 0), record('b', day), record('c', 40 * day)]);
    const partitions = async () =>
      (
        await query(
          `SELECT relname FROM pg_class WHERE relname ~ '^records_\\d' AND relkind = 'r' ORDER BY 1`,
        )
      ).map(({ relname }) => relname);
    expect(await partitions()).toEqual(
      expect.arrayContaining(['records_20260203', 'records_20260204', 'records_20260315']),
    );
    await store.removeRecordsBefore(Date.parse('2026-02-04T23:59:59Z'));
    expect((await partitions())[0]).toBe('records_20260204');
    await store.removeRecordsBefore(Date.parse('2026-03-15T00:00:00Z'));
    expect((await partitions())[0]).toBe('records_20260315');
    expect(await query('SELECT key FROM record_keys')).toEqual([{ key: 'c' }]);
  });

  test('drops a day that was read when it was to be dropped the next time', async () => {
    await store.addRecords('p1', [record('a', 0), record('b', 86_400)]);
    const reading = store.readRecords({ projectId: 'p1', from: 0, to: Number.MAX_SAFE_INTEGER });
    const rows = reading[Symbol.asyncIterator]();
    const lock = new pg.Client(url);
    await lock.connect();
    await lock.query('BEGIN; SELECT * FROM records');
    const there = async () => (await query(`SELECT to_regclass('records_20260203') AS name`))[0]!.name;
    await store.removeRecordsBefore(Date.parse('2026-02-04T00:00:00Z'));
    expect(await there()).toBe('records_20260203');
    await lock.query('COMMIT');
    await lock.end();
    await rows.return?.();
    await store.removeRecordsBefore(Date.parse('2026-02-04T00:00:00Z'));
    expect(await there()).toBeNull();
  });

  test('adds what is new of many records, of which the first or the last is known', async () => {
    // So many that they are sent in pieces, the last of which are still under way when the first are refused.
    const many = (name: string) =>
      Array.from({ length: 10_000 }, (_, index) => record(`${name} ${index}`, index));
    await store.addRecords('p1', [record('a', 0), record('z', 0)]);
    expect(await store.addRecords('p1', [record('a', 0), ...many('b')])).toBe(10_000);
    expect(await store.addRecords('p1', many('c'))).toBe(10_000);
    expect(await store.addRecords('p1', [...many('d'), record('z', 0)])).toBe(10_000);
    const total = [{ records: '30002', keys: '30002' }];
    const counts =
      'SELECT (SELECT count(*) FROM records) AS records, (SELECT count(*) FROM record_keys) AS keys';
    expect(await query(counts)).toEqual(total);
  });

  test('hears of changes again after the connection for news was lost', async () => {
    const told: string[] = [];
    store.onChange((projectId) => told.push(projectId));
    await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'connection-records news' AND datname = current_database()`);
    let count = 0;
    await vi.waitFor(
      async () => {
        await store.addTask(task(`t${count++}`, 1));
        expect(told).toContain('p1');
      },
      { timeout: 10_000, interval: 50 },
    );
  });

  test('hears of what another server changes', async () => {
    const other = await openPostgresStore(url);
    const told: string[] = [];
    store.onChange((projectId) => told.push(projectId));
    await other.addTask(task('a', 1, { projectId: 'a "project"\u0000' }));
    await vi.waitFor(() => expect(told).toEqual(['a "project"\u0000']));
    await other.close();
  });

  test('goes on when all its connections were lost', async () => {
    await store.addTask(task('a', 1));
    await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name LIKE 'connection-records%' AND datname = current_database()`);
    await vi.waitFor(async () => expect((await store.tasksIn('CREATING')).length).toBe(1));
  });
});

test('a server that cannot reach its database says so with 503, and answers again when it can', async () => {
  const proxy = await openProxy(Number(new URL(url).port));
  const store = Object.assign(new URL(url), { port: String(proxy.port) }).href;
  const accounts = [{ name: 'test', token: 'a-token', projects: ['*'], actions: ['*'] }];
  const server = await startServer({ accounts, store });
  const list = () => fetch(`${server.url}/v2/p1/export-tasks`, { headers: { 'X-Auth-Token': 'a-token' } });
  expect((await list()).status).toBe(200);
  proxy.cut();
  const refused = await list();
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '1']);
  proxy.heal();
  await vi.waitFor(async () => expect((await list()).status).toBe(200));
  await server.close();
  proxy.close();
});

test.each(['', '\0', '\x01', 'a\0b\x010\x011', '\x01\0\x01', "'; DROP TABLE records; --", '\\'])(
  'a text is kept as it is: %j',
  (text) => {
    expect(encoded(text)).not.toContain('\0');
    expect(decoded(encoded(text))).toBe(text);
  },
);

test('a value in a statement stays a value', async () => {
  const nasty = `'; DROP TABLE records; -- \\' " $1 ?`;
  expect(await query(`SELECT ${literal(nasty)} AS text`)).toEqual([{ text: nasty }]);
  expect(() => literal(Number.NaN)).toThrow('NaN is no number that a statement can have.');
});

test('an error of the connection passes, and one of the statement does not', async () => {
  const errorOf = (sql: string) => query(sql).catch((error) => error);
  expect(isPassing(await errorOf('SELECT pg_terminate_backend(pg_backend_pid())'))).toBe(true);
  expect(isPassing(await errorOf('SELECT 1 / 0'))).toBe(false);
  expect(isPassing(await errorOf('nonsense'))).toBe(false);
  expect(isPassing(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe(true);
  expect(isPassing(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toBe(false);
});

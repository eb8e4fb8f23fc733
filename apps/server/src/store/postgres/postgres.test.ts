import pg from 'pg';
import { beforeAll } from 'vitest';
import { describeStore } from '../store.conformance.ts';
import { newDatabase } from './database.testing.ts';
import { openPostgresStore } from './postgres.ts';

let url: string;
beforeAll(async () => {
  url = await newDatabase();
});

/** An empty store. The tables stay, because making them takes longer than the test. */
async function openEmpty() {
  const store = await openPostgresStore(url);
  const client = new pg.Client(url);
  await client.connect();
  await client.query('TRUNCATE records, record_keys, tasks');
  await client.end();
  return store;
}

describeStore('PostgreSQL', openEmpty);

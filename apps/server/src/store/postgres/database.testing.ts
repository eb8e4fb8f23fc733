import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { createDatabase } from './cluster.testing.ts';

/** A new database in the PostgreSQL of this run of the tests. @throws if there is none. */
export function newDatabase(): Promise<string> {
  const postgres = inject('postgres');
  if ('missing' in postgres) throw new Error(postgres.missing);
  return createDatabase(postgres.url, `test_${randomUUID().replaceAll('-', '')}`);
}

import { isShared } from './source.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

/** Opens the store at a URL `postgres://…`, or in a folder. What only the first needs is loaded only then. */
export async function openStore(source: string): Promise<Store> {
  if (!isShared(source)) return openSqliteStore(source);
  const { openPostgresStore } = await import('./postgres/postgres.ts');
  return openPostgresStore(source);
}

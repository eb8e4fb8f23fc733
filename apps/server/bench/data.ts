// A folder with a million records, made once for all that is measured.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionRecord } from '@connection-records/types';
import { seedRecords } from '../src/seed/seed.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { projectId } from './process.ts';

/** Makes a folder with so many records, lets something be done with it, and removes it. */
export async function withRecords(rows: number, use: (data: string) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'bench-server-'));
  try {
    await seed(data, rows);
    await use(data);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function seed(data: string, rows: number): Promise<void> {
  const store = await openSqliteStore(data);
  let batch: ConnectionRecord[] = [];
  for (const record of seedRecords({ rows, projectId, seed: 1, now: Date.now() })) {
    if (batch.push(record) < 5000) continue;
    await store.addRecords(projectId, batch);
    batch = [];
  }
  await store.addRecords(projectId, batch);
  await store.close();
}

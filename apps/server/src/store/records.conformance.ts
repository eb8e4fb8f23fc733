import type { ConnectionRecord } from '@connection-records/types';
import { expect } from 'vitest';
import type { RecordFilter, Store } from './store.ts';

export const START = Date.parse('2026-02-03T01:00:00Z');
export const everything = { projectId: 'p1', from: 0, to: Number.MAX_SAFE_INTEGER };
export const all = { offset: 0, limit: 1000 };

/** A record that started so many seconds after 01:00. */
export function record(id: string, seconds: number, fields: ConnectionRecord = {}): ConnectionRecord {
  const time = `${new Date(START + seconds * 1000).toISOString().slice(0, 19)}Z`;
  return { transaction_id: id, connection_start_time: time, ...fields };
}

/** All that a store reads, its batches put together. */
export async function readAll(store: Store, filter: RecordFilter): Promise<ConnectionRecord[]> {
  const read: ConnectionRecord[] = [];
  for await (const batch of store.readRecords(filter)) read.push(...batch);
  return read;
}

/** The ids of the records that match, in their order. Listing and reading have to agree on them. */
export async function idsIn(store: Store, filter: RecordFilter): Promise<string> {
  const { records, total } = await store.listRecords(filter, all);
  expect(total, 'the total is that of the filter').toBe(records.length);
  expect(await readAll(store, filter), 'list and read agree').toEqual(records);
  return records.map((one) => one.transaction_id).join(' ');
}

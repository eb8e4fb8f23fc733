import type { ConnectionRecord } from '@connection-records/client';
import { expect, it } from 'vitest';
import { summarize } from './summary.ts';

async function* rows(...records: Partial<ConnectionRecord>[]) {
  yield* records as ConnectionRecord[];
}
const never = new AbortController().signal;
const sum = (records: AsyncIterable<ConnectionRecord>) => summarize(records, never, () => {});

it('keeps the first rows and counts all, by their hours and latencies', async () => {
  const all = Array.from({ length: 101 }, (_, index) => ({
    connection_start_time: `2026-02-0${(index % 9) + 1}T${index % 2 ? '23' : '01'}:30:00Z`,
    e2e_rtt: index,
  }));
  const { first, total, hours, latencies, median, most, without } = await sum(rows(...all, {}));
  expect(first).toEqual(all.slice(0, 20));
  expect({ total, median, most, without }).toEqual({ total: 102, median: 50, most: 95, without: 1 });
  expect(hours.filter(({ count }) => count > 0)).toEqual([
    { label: '01', count: 51 },
    { label: '23', count: 50 },
  ]);
  expect(latencies.map(({ count }) => count)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 11]);
  expect([latencies.at(0), latencies.at(-1)]).toMatchObject([{ label: '0–9' }, { label: '90+' }]);
});

it('has no latencies where none was measured, and nothing at all of an empty file', async () => {
  expect(await sum(rows({ user_name: 'zhang3' }))).toMatchObject({
    latencies: [],
    median: undefined,
    without: 1,
  });
  expect(await sum(rows())).toMatchObject({ first: [], total: 0 });
});

it('counts the one latency that there is', async () => {
  const { latencies } = await sum(rows({ e2e_rtt: 0 }));
  expect(latencies).toEqual([{ label: '0–4', count: 1 }]);
});

it('tells how far it is, and ends when it is stopped', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  async function* endless() {
    for (;;) yield {} as ConnectionRecord;
  }
  const reading = summarize(endless(), stop.signal, (read) => {
    told.push(read);
    if (read === 4000) stop.abort(new Error('enough'));
  });
  await expect(reading).rejects.toThrow('enough');
  expect(told).toEqual([2000, 4000]);
});

// What every store has to pass. A new one runs `describeStore` in a test file of its own.
import type { ConnectionRecord } from '@connection-records/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeFilters } from './filters.conformance.ts';
import { all, everything, idsIn, readAll, record } from './records.conformance.ts';
import type { RecordFilter, Store } from './store.ts';
import { describeTasks } from './tasks.conformance.ts';

/** A day in seconds, and the end of the first one. */
const day = 86_400;
const midnight = Date.parse('2026-02-04T00:00:00Z');

/** Declares the tests of a store; `open` gives an empty one each time. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const ids = (filter: Partial<RecordFilter>) => idsIn(store, { ...everything, ...filter });

    describe('keeps records', () => {
      test('and gives them back as they came, with every field', async () => {
        const full: ConnectionRecord = {
          ...{ tenantId: 't', sid: 's', computer_name: 'DESK', user_name: '张三@corp.example' },
          ...{ terminal_mac: '00-00-5e-00-53-01', terminal_name: 'n', terminal_ip: '192.0.2.1' },
          ...{
            client_version: '1',
            terminal_type: 'Windows 10',
            agent_version: '2',
            desktop_ip: '192.0.2.2',
          },
          ...{ connection_setup_time: '', connection_end_time: '2026-02-03T02:00:00Z', is_reconnect: false },
          ...{
            connection_failure_reason: '=1,"\n\u0000\u00010\\N\t',
            network_rtt: 0,
            e2e_rtt: 38,
            source_ip: '192.0.2.1',
          },
          ...{ public_ip: '203.0.113.1', enterprise_project_id: '0' },
        };
        await store.addRecords('p1', [record('a', 0, full)]);
        const { records } = await store.listRecords(everything, all);
        expect(records).toEqual([record('a', 0, full)]);
      });

      test('and what a record lacks is missing, not null', async () => {
        await store.addRecords('p1', [record('a', 0)]);
        const { records } = await store.listRecords(everything, all);
        expect(Object.keys(records[0]!).sort()).toEqual(['connection_start_time', 'transaction_id']);
      });

      test('and tells how many of them were new', async () => {
        expect(await store.addRecords('p1', [record('a', 0), record('b', 1)])).toBe(2);
        expect(await store.addRecords('p1', [record('b', 1), record('c', 2)])).toBe(1);
        expect(await store.addRecords('p1', [])).toBe(0);
      });

      test('and a transaction id that is there already changes nothing, whatever else differs', async () => {
        await store.addRecords('p1', [record('a', 0, { user_name: 'first' })]);
        expect(await store.addRecords('p1', [record('a', 60, { user_name: 'second' })])).toBe(0);
        const { records } = await store.listRecords(everything, all);
        expect(records).toEqual([record('a', 0, { user_name: 'first' })]);
      });

      test('and the same record without a transaction id is added once, and comes back without one', async () => {
        const { transaction_id: _, ...nameless } = record('', 0, { user_name: 'a' });
        expect(await store.addRecords('p1', [nameless, { ...nameless, user_name: 'b' }])).toBe(2);
        expect(await store.addRecords('p1', [nameless])).toBe(0);
        const { records } = await store.listRecords({ ...everything, userName: 'a' }, all);
        expect(records).toEqual([nameless]);
      });

      test('and refuses all of a batch in which one has no start', async () => {
        const batch = [record('a', 0), { transaction_id: 'b' }];
        await expect(store.addRecords('p1', batch)).rejects.toThrow(/connection_start_time/);
        expect(await ids({})).toBe('');
      });

      test('and those of another project are another matter', async () => {
        await store.addRecords('p1', [record('a', 0)]);
        expect(await store.addRecords('p2', [record('a', 0), record('b', 0)])).toBe(2);
        expect(await ids({})).toBe('a');
        expect(await ids({ projectId: 'p2' })).toBe('a b');
        expect(await ids({ projectId: 'p3' })).toBe('');
      });

      test('until the day of their start is over and they are removed by their age, in every project', async () => {
        const many = Array.from({ length: 450 }, (_, index) => record(`old ${index}`, index % 9));
        await store.addRecords('p1', [...many, record('new', day)]);
        await store.addRecords('p2', [record('a', 9), record('b', day)]);
        await store.removeRecordsBefore(midnight);
        await store.removeRecordsBefore(midnight);
        expect(await ids({})).toBe('new');
        expect(await ids({ projectId: 'p2' })).toBe('b');
      });

      test('and those that are older than the rest can still be added', async () => {
        await store.addRecords('p1', [record('new', day)]);
        await store.removeRecordsBefore(midnight);
        expect(await store.addRecords('p1', [record('old', 0), record('new', 0)])).toBe(1);
        expect(await ids({})).toBe('old new');
      });

      test('and the same transaction id on another day changes nothing either', async () => {
        await store.addRecords('p1', [record('a', 0)]);
        expect(await store.addRecords('p1', [record('a', day), record('b', day), record('b', 0)])).toBe(1);
        expect(await ids({})).toBe('a b');
      });

      test('and knows an id again, whatever characters it has', async () => {
        const odd = ['\u0000', '\u0001', '\t', '\n', '\\N', '\\', "'", '张三', '\ufffd', '😀'];
        const some = odd.map((id, index) => record(id, index));
        for (const added of [odd.length, 0, 0]) expect(await store.addRecords('p1', some)).toBe(added);
        expect(await store.addRecords('p1', [...some, record('new', 99)])).toBe(1);
        expect(await ids({})).toBe([...odd, 'new'].join(' '));
      });

      test('and of two that add the same ones at the same time, one adds each', async () => {
        const many = Array.from({ length: 200 }, (_, index) => record(`id ${index}`, index * 1000));
        const added = await Promise.all([
          store.addRecords('p1', many),
          store.addRecords('p1', many.toReversed()),
        ]);
        expect(added[0]! + added[1]!).toBe(200);
        expect((await store.listRecords(everything, all)).total).toBe(200);
      });
    });

    describe('orders and pages records', () => {
      test('oldest first, and those of the same second by their key', async () => {
        await store.addRecords('p1', [record('c', 5), record('b', 9), record('a', 5), record('d', 0)]);
        expect(await ids({})).toBe('d a c b');
      });

      test('so that the pages together lose none and repeat none', async () => {
        const many = Array.from({ length: 103 }, (_, index) => record(`id ${index}`, (index * 7) % 5));
        await store.addRecords('p1', many);
        const pages: ConnectionRecord[] = [];
        for (let offset = 0; offset < 110; offset += 10) {
          const { records, total } = await store.listRecords(everything, { offset, limit: 10 });
          expect(total).toBe(103);
          pages.push(...records);
        }
        expect(pages).toHaveLength(103);
        expect(new Set(pages.map((one) => one.transaction_id)).size).toBe(103);
        expect((await store.listRecords(everything, { offset: 0, limit: 0 })).records).toEqual([]);
      });

      test('and answers lists that are asked for at the same time, each with its own', async () => {
        await store.addRecords('p1', [record('a', 0), record('b', 1)]);
        const lists = ['p1', 'p2', 'p1'].map((projectId) =>
          store.listRecords({ ...everything, projectId }, all),
        );
        expect((await Promise.all(lists)).map(({ total }) => total)).toEqual([2, 0, 2]);
      });
    });

    test('reads all records in batches, as they were when the reading began', async () => {
      const minutes = Array.from({ length: 2500 }, (_, index) => record(`id ${index}`, index * 60));
      await store.addRecords('p1', minutes);
      const read: ConnectionRecord[] = [];
      let batches = 0;
      for await (const batch of store.readRecords(everything)) {
        if (batches++ === 0) {
          await store.addRecords('p1', [record('late', 2499 * 60)]);
          await store.removeRecordsBefore(midnight);
        }
        read.push(...batch);
      }
      expect(batches).toBeGreaterThan(1);
      expect(read).toEqual(minutes);
      // The day had 23 hours left.
      expect((await store.listRecords(everything, all)).total).toBe(2501 - 23 * 60);
    });

    test('can be read by several at once, and left before the end', async () => {
      await store.addRecords('p1', [record('a', 0), record('b', 1)]);
      const read = () => readAll(store, everything);
      const [first, second] = await Promise.all([read(), read()]);
      expect(first).toEqual(second);
      for await (const _ of store.readRecords(everything)) break;
      expect(await ids({})).toBe('a b');
    });

    describeTasks(() => store);
  });
  describeFilters(name, open);
}

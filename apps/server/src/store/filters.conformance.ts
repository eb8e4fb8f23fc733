import type { ConnectionRecord } from '@connection-records/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { everything, idsIn, record, START } from './records.conformance.ts';
import type { RecordFilter, Store } from './store.ts';

/** Declares which records a filter finds. */
export function describeFilters(name: string, open: () => Promise<Store>): void {
  describe(`${name} finds records`, () => {
    // One store for all of them, and a project for each: opening one takes longer than the test.
    let store: Store;
    let projectId = '';
    beforeAll(async () => {
      store = await open();
    });
    beforeEach(({ task }) => {
      projectId = task.id;
    });
    afterAll(() => store.close());
    const ids = (filter: Partial<RecordFilter>) => idsIn(store, { ...everything, projectId, ...filter });

    const find = (title: string, found: [ConnectionRecord[], Partial<RecordFilter>, string][]) =>
      test.each(found)(`${title}: %#`, async (fields, filter, expected) => {
        await store.addRecords(
          projectId,
          fields.map((one, index) => record(String(index), index, one)),
        );
        expect(await ids(filter)).toBe(expected);
      });

    test('that started at the beginning of the window or later, and before its end', async () => {
      await store.addRecords(projectId, [record('a', 0), record('b', 1), record('c', 2), record('d', 3)]);
      expect(await ids({ from: START + 1000, to: START + 3000 })).toBe('b c');
      expect(await ids({ from: START + 3000, to: START + 4000 })).toBe('d');
    });

    const users = [{ user_name: 'ann@corp.example' }, { user_name: 'Ann@corp.example' }, {}];
    find('by the exact name of the user', [
      [users, { userName: 'ann@corp.example' }, '0'],
      [users, { userName: 'ann%' }, ''],
    ]);
    const desktops = [{ computer_name: 'DESK-1' }, { computer_name: 'DESK-10' }];
    find('by the exact name of the computer', [[desktops, { computerName: 'DESK-1' }, '0']]);
    const addresses = [{ public_ip: '203.0.113.1' }, { public_ip: '203.0.113.11' }, {}];
    find('by the exact egress address', [[addresses, { publicIp: '203.0.113.1' }, '0']]);

    const systems = ['Windows 10', 'my WINDOWS 11', 'a%b_c*', 'ÄRGER 统信', undefined];
    const terminals = systems.map((system) => (system === undefined ? {} : { terminal_type: system }));
    find('by a part of the terminal type, ignoring case, in which no character is special', [
      [terminals, { terminalType: 'windows' }, '0 1'],
      [terminals, { terminalType: 'WI' }, '0 1'],
      [terminals, { terminalType: '%' }, '2'],
      [terminals, { terminalType: '_' }, '2'],
      [terminals, { terminalType: '*' }, '2'],
      [terminals, { terminalType: 'B_C' }, '2'],
      [terminals, { terminalType: 'ärger 统' }, '3'],
    ]);

    const projects = ['0', 'x', '', undefined].map((id) =>
      id === undefined ? {} : { enterprise_project_id: id },
    );
    find('by enterprise project, where 0 has those without one', [
      [projects, { enterpriseProjectId: '0' }, '0 2 3'],
      [projects, { enterpriseProjectId: 'x' }, '1'],
    ]);

    const names = ['a@corp.example', 'b@sub.corp.example', 'c@x@corp.example', 'corp.example', 'd@'];
    const people = [...names.map((name) => ({ user_name: name })), {}];
    find('by the domain after the last @ of the user', [
      [people, { domain: 'corp.example' }, '0 2'],
      [people, { domain: 'example' }, ''],
    ]);

    const latencies = [{ e2e_rtt: 10 }, { e2e_rtt: 20 }, { e2e_rtt: 30 }, { network_rtt: 20 }];
    find('by measured latency, both limits included', [
      [latencies, { minRtt: 20 }, '1 2'],
      [latencies, { maxRtt: 20 }, '0 1'],
      [latencies, { minRtt: 20, maxRtt: 20 }, '1'],
      [latencies, { minRtt: 0 }, '0 1 2'],
    ]);

    test('by several filters at once', async () => {
      await store.addRecords(projectId, [
        record('a', 0, { user_name: 'u', e2e_rtt: 5 }),
        record('b', 0, { e2e_rtt: 5 }),
      ]);
      expect(await ids({ userName: 'u', minRtt: 5, to: START + 1 })).toBe('a');
    });
  });
}

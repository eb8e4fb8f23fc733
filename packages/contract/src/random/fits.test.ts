import { describe, expect, it } from 'vitest';
import type { Answer } from '../request.ts';
import { misfitOfRecords, misfitOfTasks } from './fits.ts';
import type { Query } from './requests.ts';

const answer = (body: object): Answer => ({
  status: 200,
  headers: new Headers(),
  bytes: new TextEncoder().encode(JSON.stringify(body)),
});
const record = {
  user_name: 'zhang3',
  terminal_type: 'Windows 10',
  connection_start_time: '2026-02-03T01:02:47Z',
  e2e_rtt: 40,
  network_rtt: 10,
};
const records = (...list: object[]) => answer({ records: list, total_count: list.length });
const task = { task_id: 'a', status: 'SUCCESS', is_download: false, create_time: '2026-02-03T01:02:47.000Z' };
const tasks = (...list: object[]) => answer({ export_tasks: list, count: list.length });

describe('a page of records', () => {
  it.each<Query>([
    {},
    { user_name: 'zhang3', terminal_type: 'windows' },
    { start_time: '2026-02-03T01:02Z', end_time: '2026-02-03T01:03Z' },
    { enterprise_project_id: '0' },
    { min_network_rtt: '40' },
    { max_network_rtt: '10' },
  ])('fits %o', (query) => {
    expect(misfitOfRecords(query, records(record))).toBeUndefined();
  });

  it.each<Query>([
    { user_name: 'zhang' },
    { terminal_type: 'Linux' },
    { start_time: '2026-02-03T01:03Z' },
    { end_time: '2026-02-03T01:02Z' },
    { min_network_rtt: '41' },
    { max_network_rtt: '9' },
  ])('does not fit %o', (query) => {
    expect(misfitOfRecords(query, records(record))?.rule).toContain(Object.keys(query)[0]);
  });

  it('is as long as limit, offset and the total make it', () => {
    const page = answer({ records: [record, record], total_count: 12 });
    expect(misfitOfRecords({ limit: '2' }, page)).toBeUndefined();
    expect(misfitOfRecords({ offset: '10' }, page)).toBeUndefined();
    expect(misfitOfRecords({ limit: '3' }, page)?.came).toBe('2 items');
    expect(misfitOfRecords({ limit: '2', offset: '11' }, page)?.expected).toContain('1 items');
  });
});

describe('a page of tasks', () => {
  const later = { ...task, task_id: 'b', create_time: '2026-02-03T01:02:48.000+0000' };
  const sorted = (sort_type: string) => ({ sort_field: 'create_time', sort_type });

  it('fits the filters that its tasks fit', () => {
    expect(misfitOfTasks({ status: 'SUCCESS', is_download: 'false' }, tasks(task))).toBeUndefined();
    expect(misfitOfTasks({ status: 'FAIL' }, tasks(task))?.came).toContain('SUCCESS');
    expect(misfitOfTasks({ task_id: 'A' }, tasks(task))?.rule).toContain('task_id');
  });

  it('is in the order that is asked for, whichever way a time is written', () => {
    expect(misfitOfTasks(sorted('ASC'), tasks(task, later))).toBeUndefined();
    expect(misfitOfTasks(sorted('DESC'), tasks(task, later))?.came).toBe('b after a');
    expect(misfitOfTasks(sorted('ASC'), tasks(later, task))?.came).toBe('a after b');
  });
});

import { describe, expect, test } from 'vitest';
import { Refusal } from './errors.ts';
import { exportFilter, listFilter, retention } from './filters.ts';

const now = Date.parse('2026-02-10T02:11:22.500Z');
const at = (text: string) => Date.parse(text);
const ofExport = (query: Parameters<typeof exportFilter>[1]) => exportFilter('p', query, now);
const ofList = (query: Parameters<typeof listFilter>[1]) => listFilter('p', query, now);

describe('a window', () => {
  test('is the last 30 days if nothing is said', () => {
    expect(ofExport({})).toEqual({ projectId: 'p', from: now - retention, to: now });
    expect(ofList({})).toEqual({ projectId: 'p', from: now - retention, to: now });
  });

  test('of an export may have one bound alone', () => {
    expect(ofExport({ start_time: '2026-02-01T00:00:00Z' })).toMatchObject({
      from: at('2026-02-01T00:00Z'),
      to: now,
    });
    expect(ofExport({ end_time: '2026-02-01T00:00:00Z' })).toMatchObject({
      from: now - retention,
      to: at('2026-02-01T00:00Z'),
    });
  });

  test('of a list has both bounds or none', () => {
    expect(() => ofList({ start_time: '2026-02-01T00:00Z' })).toThrow(
      'start_time is given without end_time. Give both',
    );
    expect(() => ofList({ end_time: '2026-02-01T00:00Z' })).toThrow('end_time is given without start_time.');
    expect(ofList({ start_time: '2026-02-01T00:00Z', end_time: '2026-02-02T00:00Z' })).toMatchObject({
      from: at('2026-02-01T00:00Z'),
      to: at('2026-02-02T00:00Z'),
    });
  });

  test.each([
    [
      { start_time: '2026-01-01T00:00:00Z' },
      'start_time is 2026-01-01T00:00:00Z. Give a time within the last 30 days, 2026-01-11T02:11:22Z or later.',
    ],
    [
      { end_time: '2026-01-01T00:00:00Z' },
      'end_time is 2026-01-01T00:00:00Z. Give a time within the last 30 days',
    ],
    [
      { end_time: '2026-02-10T02:26:23Z' },
      'end_time is 2026-02-10T02:26:23Z, more than 15 minutes in the future. It is 2026-02-10T02:11:22Z here.',
    ],
    [
      { start_time: '2026-01-30T25:00:00Z' },
      'start_time is 2026-01-30T25:00:00Z, which is no time of the calendar.',
    ],
    [
      { start_time: '2026-01-31T00:00:00Z', end_time: '2026-01-31T00:00:00Z' },
      'start_time 2026-01-31T00:00:00Z is not before end_time 2026-01-31T00:00:00Z.',
    ],
  ])('of %o is refused with the value and the limit', (query, message) => {
    expect(() => ofExport(query)).toThrow(message);
  });

  test('may name a day that has passed only if the calendar has it', () => {
    const march = Date.parse('2026-03-05T00:00:00Z');
    expect(() => exportFilter('p', { start_time: '2026-02-30T00:00:00Z' }, march)).toThrow(
      'no time of the calendar',
    );
    expect(() =>
      listFilter('p', { start_time: '2026-02-30T00:00Z', end_time: '2026-03-04T00:00Z' }, march),
    ).toThrow('no time of the calendar');
  });

  test('may reach exactly 30 days back, rounded down to the second or the minute, and 15 minutes ahead', () => {
    expect(ofExport({ start_time: '2026-01-11T02:11:22Z' }).from).toBe(at('2026-01-11T02:11:22Z'));
    expect(ofList({ start_time: '2026-01-11T02:11Z', end_time: '2026-02-10T02:26Z' }).from).toBe(
      at('2026-01-11T02:11Z'),
    );
  });
});

describe('the other filters', () => {
  test('are taken as they are, and an empty one is as good as none', () => {
    const query = {
      user_name: 'a',
      computer_name: 'b',
      terminal_type: '%',
      public_ip: 'd',
      enterprise_project_id: '0',
      domain: 'e',
    };
    expect(ofExport(query)).toMatchObject({
      userName: 'a',
      computerName: 'b',
      terminalType: '%',
      publicIp: 'd',
      enterpriseProjectId: '0',
      domain: 'e',
    });
    expect(ofExport({ user_name: '', domain: '' })).toEqual(ofExport({}));
  });

  test('of latency have the same meaning under their two names', () => {
    expect(ofExport({ min_e2e_rtt: 0, max_e2e_rtt: 9 })).toMatchObject({ minRtt: 0, maxRtt: 9 });
    expect(ofList({ min_network_rtt: 0, max_network_rtt: 9 })).toMatchObject({ minRtt: 0, maxRtt: 9 });
    expect(() => ofExport({ min_e2e_rtt: 9, max_e2e_rtt: 0 })).toThrow(
      'min_e2e_rtt is 9 and max_e2e_rtt is 0.',
    );
    expect(() => ofList({ min_network_rtt: 9, max_network_rtt: 0 })).toThrow(Refusal);
  });
});

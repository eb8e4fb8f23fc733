import { expect, test } from 'vitest';
import { problemsOf } from '../import/check.ts';
import { type SeedOptions, seedRecords } from './seed.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-02-10T09:30:00Z');
const seed = (options: Partial<SeedOptions> = {}) => [
  ...seedRecords({ rows: 3000, projectId: 'p1', seed: 1, now, ...options }),
];
const records = seed();
const share = (count: number) => count / records.length;

test('the same seed makes the same records at any time of the day, and others tomorrow', () => {
  expect(seed({ now: Date.parse('2026-02-10T23:59:59Z') })).toEqual(records);
  expect(seed({ now: now + DAY })[0]).not.toEqual(records[0]);
});

test('another seed and another project make other records', () => {
  expect(seed({ seed: 2 })[0]!.user_name).not.toBe(records[0]!.user_name);
  expect(seed({ projectId: 'p2' })[0]!.tenantId).not.toBe(records[0]!.tenantId);
});

test.each([0, 1, 7, 3000])('it makes %i records when asked for as many', (rows) => {
  expect(seed({ rows })).toHaveLength(rows);
});

test('every record is one that can be imported', () => {
  expect(records.flatMap(problemsOf)).toEqual([]);
});

test('every record has a transaction id of its own', () => {
  expect(new Set(records.map((record) => record.transaction_id)).size).toBe(records.length);
});

test('they are ordered, within the last 30 days, and nothing in them is later than now', () => {
  const starts = records.map((record) => Date.parse(record.connection_start_time!));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(starts[0]).toBeGreaterThanOrEqual(now - 30 * DAY);
  const midnight = Math.floor(now / DAY) * DAY;
  const times = records.flatMap((record) => [record.connection_setup_time, record.connection_end_time]);
  const last = Math.max(...times.map((time) => Date.parse(time || '1970-01-01')));
  expect(last).toBeLessThanOrEqual(midnight);
});

test('most of them are in office hours of China', () => {
  const hours = records.map((record) => (Number(record.connection_start_time!.slice(11, 13)) + 8) % 24);
  expect(share(hours.filter((hour) => hour >= 8 && hour < 18).length)).toBeGreaterThan(0.7);
});

test('addresses are those set aside for documentation', () => {
  const addresses = records.flatMap((record) =>
    [record.terminal_ip, record.desktop_ip, record.source_ip, record.public_ip].map(String),
  );
  const documented = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/;
  expect(addresses.filter((address) => !documented.test(address))).toEqual([]);
  const macs = records.map((record) => record.terminal_mac);
  expect(macs.filter((mac) => !/^00-00-5e-00-53-[0-9a-f]{2}$/.test(mac!))).toEqual([]);
});

test('there are reconnects, failures, live sessions, latencies that were not measured, and several projects', () => {
  const rare = {
    reconnect: records.filter((record) => record.is_reconnect),
    failed: records.filter((record) => record.connection_failure_reason),
    live: records.filter((record) => record.connection_end_time === undefined),
    unmeasured: records.filter((record) => record.e2e_rtt === undefined),
  };
  for (const [kind, found] of Object.entries(rare)) {
    expect(share(found.length), kind).toBeGreaterThan(0.003);
    expect(share(found.length), kind).toBeLessThan(0.25);
  }
  expect(new Set(records.map((record) => record.enterprise_project_id)).size).toBe(4);
  expect(new Set(records.map((record) => record.terminal_type)).size).toBeGreaterThan(4);
});

test.each([
  ['=', /^=/],
  ['+', /^\+/],
  ['a comma', /,/],
  ['a quote', /"/],
  ['a new line', /\n/],
  ['Chinese', /网络/],
])('there is a failure with %s in its reason', (_, pattern) => {
  const reasons = records.map((record) => record.connection_failure_reason ?? '');
  expect(reasons.some((reason) => pattern.test(reason))).toBe(true);
});

test('users have Chinese and English names, each user one desktop', () => {
  const users = [...new Set(records.map((record) => record.user_name!))];
  expect(users.some((user) => /^[a-z]+\d+@corp\.example$/.test(user))).toBe(true);
  expect(users.some((user) => /^\p{Script=Han}+\d*@/u.test(user))).toBe(true);
  expect(users.some((user) => /^[a-z]+\.[a-z]+\d+@/.test(user))).toBe(true);
  const pairs = new Set(records.map((record) => `${record.user_name} ${record.computer_name}`));
  expect(pairs.size).toBe(users.length);
});

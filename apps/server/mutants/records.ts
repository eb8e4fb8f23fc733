/** Records for a trial: those of a made-up fleet, and some that are easily got wrong. */
import type { ConnectionRecord } from '@connection-records/types';
import { seedRecords } from '../src/seed/seed.ts';
import { projectId } from './target.ts';

const DAY = 86_400_000;
const SECOND = 1000;

/** Each with neighbours that a filter which is not exact, or takes a character for a pattern, would find as well. */
const NAMES = [
  ...['user_10@corp.example', 'userX10@corp.example', 'user_100@corp.example', 'User_10@corp.example'],
  ...['50%@corp.example', '500@corp.example', 'a*@corp.example', 'abc@corp.example'],
  ...['li4@corp.example', 'li4@sub.corp.example', 'li4@other-corp.example', 'li4'],
  ...['张三@分公司.example', '张三丰@分公司.example', '𠮷野@corp.example', 'Zoë@corp.example'],
  // Which a spreadsheet would take for formulas.
  ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '＝1+1'],
  // Which a file must quote or escape.
  ...['one, two', 'say "hi"', '"', 'a;b', 'a&b <c>', " it's ", 'a+b', 'a%2Bb', '_x0041_'],
];
const DESKTOPS = ['DESK_01', 'DESKX01', 'DESK-0', 'desk_01', '=HYPERLINK("x")', '前台, 一楼'];
const SYSTEMS = [
  'Windows 10',
  'Windows 11',
  'windows_10',
  'WindowsX10',
  '100% Linux',
  '1000 Linux',
  'macOS 15',
];
const ADDRESSES = ['203.0.113.2', '203.0.113.20', '203.0.113.200', '2001:db8::1'];
const REASONS = [
  '',
  'one line\nand another',
  'a "word", quoted',
  '-1: not reachable',
  '@gateway',
  '网络中断',
];
const PROJECTS = [
  '0',
  '7c8f5d0e-3b1a-4c57-9d2e-6f0a1b2c3d4e',
  '7c8f5d0e-3b1a-4c57-9d2e-6f0a1b2c3d4f',
  undefined,
];
/** No latency, none at all, and a network that is slower or faster than the whole way. */
const LATENCIES = [
  { network_rtt: 0, e2e_rtt: 0 },
  {},
  { network_rtt: 90, e2e_rtt: 30 },
  { e2e_rtt: 31 },
  { network_rtt: 7 },
];

/** The records of the project, or of another, at this time. The same ones on the same day. */
export function recordsOf(project: string, rows: number, now: number): ConnectionRecord[] {
  const fleet = seedRecords({ rows, projectId: project, seed: 1, now });
  return [...fleet, ...(project === projectId ? [...odd(now), ...recent(now)] : [])];
}

function* odd(now: number): Generator<ConnectionRecord, void> {
  const today = Math.floor(now / DAY) * DAY;
  for (const [index, user_name] of NAMES.entries()) {
    // Full minutes and hours, the second before them, and two records in one second.
    const start = today - 3 * DAY + Math.floor(index / 3) * 3600 * SECOND - [0, 0, 1][index % 3]! * SECOND;
    yield {
      transaction_id: `odd-${String(index).padStart(28, '0')}`,
      user_name,
      computer_name: nth(DESKTOPS, index),
      terminal_type: nth(SYSTEMS, index),
      terminal_ip: '192.0.2.9',
      desktop_ip: '198.51.100.9',
      public_ip: nth(ADDRESSES, index),
      connection_start_time: timeOf(start),
      // Those of today's sessions last.
      ...(index % 5 === 0 ? {} : { connection_end_time: timeOf(start + 600 * SECOND) }),
      is_reconnect: index % 2 === 0,
      connection_failure_reason: nth(REASONS, index),
      ...(nth(PROJECTS, index) === undefined ? {} : { enterprise_project_id: nth(PROJECTS, index)! }),
      ...nth(LATENCIES, index),
    };
  }
}

/** Of the last day, whatever day of the week it is. */
function* recent(now: number): Generator<ConnectionRecord, void> {
  for (const hours of [2, 3, 5, 9, 16, 22]) {
    yield {
      transaction_id: `recent-${String(hours).padStart(25, '0')}`,
      user_name: nth(NAMES, hours),
      connection_start_time: timeOf(now - hours * 3600 * SECOND),
      is_reconnect: false,
    };
  }
}

const nth = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!;

const timeOf = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

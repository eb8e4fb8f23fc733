import type { ConnectionRecord } from '@connection-records/types';
import { fleetOf, type Member } from './fleet.ts';
import { type Random, randomFrom } from './random.ts';

/** What to make up. The same options on the same day give the same records, byte for byte. */
export interface SeedOptions {
  /** How many records. */
  rows: number;
  projectId: string;
  /** Another seed is another fleet. */
  seed: number;
  /** The records end with the last whole day (UTC) before this time, in milliseconds since 1970, and go back 29 days. */
  now: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
// Whole days before today: all of them are within the last 30 days at any time of today.
const DAYS = 29;
/** The fleet works in China, eight hours before UTC. */
const ZONE = 8 * HOUR;
/** How likely a connection starts in each hour of the day there. */
const HOURS = [1, 1, 0, 0, 0, 1, 3, 12, 60, 70, 45, 30, 20, 55, 50, 35, 30, 25, 15, 12, 10, 8, 5, 2];

const FAILURES = [
  'The desktop did not answer in time.',
  'The password has expired.',
  '密码已过期,请重新登录。',
  '网络中断，重连失败',
  'Access denied by policy "office hours", rule 7',
  'The gateway closed the connection:\nno reason was given.',
  // As a spreadsheet would take them for formulas.
  '=ERROR(0x80070005)',
  '+86 line lost, no carrier',
  '-1: the agent is not reachable',
  '@gateway refused the session',
];

/** Makes up the connections of a believable fleet, oldest first. */
export function* seedRecords({ rows, projectId, seed, now }: SeedOptions): Generator<ConnectionRecord, void> {
  const today = Math.floor(now / DAY) * DAY;
  const tenant = randomFrom(`tenant ${projectId}`).hex(32);
  const fleet = fleetOf(randomFrom(`fleet ${projectId} ${seed}`), rows);
  const random = randomFrom(`records ${projectId} ${seed} ${today}`);
  let made = 0;
  for (const { day, count } of spread(rows, today)) {
    for (const start of startsOf(random, day, count)) {
      yield { tenantId: tenant, ...connection(random, fleet, { start, today, index: made++ }) };
    }
  }
}

/** So many records on each day; at the weekend few people work. */
function spread(rows: number, today: number): { day: number; count: number }[] {
  const days = Array.from({ length: DAYS }, (_, index) => today - (DAYS - index) * DAY);
  const weights = days.map((day) => ([0, 6].includes(new Date(day + ZONE).getUTCDay()) ? 2 : 10));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return days.map((day, index) => {
    const from = Math.floor((rows * before) / all);
    before += weights[index]!;
    return { day, count: Math.floor((rows * before) / all) - from };
  });
}

function startsOf(random: Random, day: number, count: number): number[] {
  const starts = Array.from({ length: count }, () => {
    const hour = (random.weighted(HOURS) * HOUR - ZONE + DAY) % DAY;
    return day + hour + random.below(3600) * 1000;
  });
  return starts.sort((a, b) => a - b);
}

interface Moment {
  start: number;
  /** The midnight at which the records end: nothing in them is later. */
  today: number;
  index: number;
}

function connection(random: Random, fleet: Member[], moment: Moment): ConnectionRecord {
  const member = random.pick(fleet);
  const terminal = random.chance(0.85) ? member.terminals[0]! : random.pick(member.terminals);
  return {
    ...member.desktop,
    // The number makes it unique, whatever the chance.
    transaction_id: random.hex(24) + moment.index.toString(16).padStart(8, '0'),
    ...terminal,
    connection_start_time: timeOf(moment.start),
    ...(random.chance(0.06) ? failure(random, moment) : session(random, member, moment)),
  };
}

/** A connection that never stood: some have an empty time for that, some none. */
function failure(random: Random, { start, today }: Moment): ConnectionRecord {
  return {
    ...(random.chance(0.5) ? { connection_setup_time: '' } : {}),
    connection_end_time: timeOf(Math.min(start + (5 + random.below(40)) * 1000, today)),
    is_reconnect: random.chance(0.2),
    connection_failure_reason: random.pick(FAILURES),
  };
}

/** A connection that stood; on the last day it may well last. */
function session(random: Random, member: Member, { start, today }: Moment): ConnectionRecord {
  const setup = Math.min(start + (1 + random.below(4)) * 1000, today);
  const seconds = 60 + (random.chance(0.3) ? random.below(20 * 60) : random.below(9 * 3600));
  const end = setup + seconds * 1000;
  const lasts = end > today || (start >= today - DAY && random.chance(0.3));
  return {
    connection_setup_time: timeOf(setup),
    ...(lasts ? {} : { connection_end_time: timeOf(end) }),
    is_reconnect: random.chance(0.12),
    ...(random.chance(0.04) ? {} : latency(random, member)),
  };
}

/** Mostly what is usual where the user is, and now and then a bad line. */
function latency(random: Random, { distance }: Member): ConnectionRecord {
  const network = distance + random.below(15) + (random.chance(0.03) ? random.below(900) : 0);
  return { network_rtt: network, e2e_rtt: network + 8 + random.below(30) };
}

function timeOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

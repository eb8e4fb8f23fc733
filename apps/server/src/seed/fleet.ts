import type { ConnectionRecord } from '@connection-records/types';
import type { Random } from './random.ts';

/** Someone with a desktop. */
export interface Member {
  /** What all connections of this desktop have in common. */
  desktop: ConnectionRecord;
  /** The devices in front of the user; the first one is the usual one. */
  terminals: ConnectionRecord[];
  /** Milliseconds to the desktop on a quiet day. */
  distance: number;
}

// As a user name has them, and as a desktop can be called.
const SURNAMES = ['张', '李', '王', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
const PINYIN = ['zhang', 'li', 'wang', 'liu', 'chen', 'yang', 'zhao', 'huang', 'zhou', 'wu'];
const GIVEN = ['三', '四', '伟', '芳', '娜', '敏', '静', '强', '磊', '洋'];
const ENGLISH = ['alice', 'bob', 'carol', 'david', 'emma', 'frank', 'grace', 'henry', 'irene', 'jack'];
const DOMAINS = ['corp.example', 'corp.example', 'corp.example', 'branch.example', '分公司.example'];

const SYSTEMS = [
  ...['Windows 10', 'Windows 10', 'Windows 11', 'Windows 11', 'macOS 15', 'Ubuntu 24.04'],
  ...['Android 15', 'iPadOS 18', '统信 UOS 20'],
];
const CLIENTS = ['1.8.00005', '1.9.10012', '2.0.00001'];
const AGENTS = ['1.8.00005.10546', '1.9.10012.11200', '2.0.00001.12003'];
/** The default project, two others, and none at all. */
const PROJECTS = [
  ...['0', '0', '0', '7c8f5d0e-3b1a-4c57-9d2e-6f0a1b2c3d4e', 'b2f6a9d4-08c3-4e7b-a5d1-9e8f7c6b5a40'],
  undefined,
];

/** The people behind so many connections. Their addresses are those set aside for documentation (RFC 5737, RFC 7042). */
export function fleetOf(random: Random, rows: number): Member[] {
  const people = Math.min(2000, Math.max(5, Math.ceil(rows / 40)));
  const sid = Array.from({ length: 3 }, () => random.below(2 ** 31)).join('-');
  return Array.from({ length: people }, (_, index) =>
    memberOf(random, index, `S-1-5-21-${sid}-${1100 + index}`),
  );
}

function memberOf(random: Random, index: number, sid: string): Member {
  const { account, device } = nameOf(random, index);
  const project = random.pick(PROJECTS);
  const desktop = {
    sid,
    computer_name: `DESK-${String(index + 1).padStart(4, '0')}`,
    user_name: `${account}@${random.pick(DOMAINS)}`,
    agent_version: random.pick(AGENTS),
    desktop_ip: `198.51.100.${1 + (index % 254)}`,
    ...(project === undefined ? {} : { enterprise_project_id: project }),
  };
  const terminals = Array.from({ length: 1 + random.below(3) }, (_, nth) => terminalOf(random, device, nth));
  return { desktop, terminals, distance: random.pick([4, 9, 18, 35, 80, 160]) };
}

/** The first round of names bears no number (张三), the later ones do (张三2): nobody is there twice. */
function nameOf(random: Random, index: number): { account: string; device: string } {
  const kind = index % 3;
  const nth = Math.floor(index / 3);
  const surname = nth % 10;
  const given = Math.floor(nth / 10) % 10;
  const round = Math.floor(nth / 100);
  const number = round === 0 ? '' : String(round + 1);
  const pinyin = `${PINYIN[surname]}${1 + given + 10 * round}`;
  if (kind === 0) return { account: pinyin, device: pinyin.toUpperCase() };
  if (kind === 1)
    return { account: `${SURNAMES[surname]}${GIVEN[given]}${number}`, device: pinyin.toUpperCase() };
  const english = `${ENGLISH[surname]}.${random.pick(PINYIN)}${1 + given + 10 * round}`;
  return { account: english, device: english.toUpperCase() };
}

function terminalOf(random: Random, device: string, nth: number): ConnectionRecord {
  const address = `192.0.2.${1 + random.below(254)}`;
  return {
    terminal_mac: `00-00-5e-00-53-${random.below(256).toString(16).padStart(2, '0')}`,
    terminal_name: `${['LAPTOP', 'HOME', 'TABLET'][nth]}-${device}`,
    terminal_ip: address,
    client_version: random.pick(CLIENTS),
    terminal_type: random.pick(SYSTEMS),
    source_ip: address,
    public_ip: `203.0.113.${1 + random.below(254)}`,
  };
}

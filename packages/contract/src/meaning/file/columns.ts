/** The columns of a file: which field of a record each one shows, and what its cells mean. */
import { DAY } from '../../clock.ts';
import { type Row, textOf } from '../rows.ts';
import type { Cell } from './table.ts';

export type Language = 'en_US' | 'zh_CN';
type Kind = 'text' | 'time' | 'latency' | 'answer' | 'project';

interface Column {
  field: string;
  kind: Kind;
  /** Names in the language, the console's own first, which is that of the contract's example. */
  en_US: readonly string[];
  zh_CN: readonly string[];
}

const column = (field: string, kind: Kind, en_US: string[], zh_CN: string[]): Column => ({
  field,
  kind,
  en_US,
  zh_CN,
});

/** The columns of the vendor's console, with older names of theirs. */
export const COLUMNS: readonly Column[] = [
  column(
    'user_name',
    'text',
    ['Connected User', 'Login User', 'User Name', 'User'],
    ['连接用户', '登录用户', '用户名'],
  ),
  column('computer_name', 'text', ['Desktop Name', 'Computer Name'], ['桌面名称', '计算机名']),
  column('terminal_ip', 'text', ['Terminal IP Address', 'Terminal IP'], ['终端IP', '终端IP地址']),
  column('terminal_type', 'text', ['Terminal OS Type', 'Terminal Type'], ['终端系统类型', '终端类型']),
  column('desktop_ip', 'text', ['Desktop IP Address', 'Desktop IP'], ['桌面IP', '桌面IP地址']),
  column(
    'public_ip',
    'text',
    ['Client egress IP', 'Client egress IP Address', 'Egress IP'],
    ['客户端出口IP', '客户端出网IP', '终端出口IP'],
  ),
  column(
    'connection_start_time',
    'time',
    ['Connection Started', 'Started', 'Start Time'],
    ['开始连接时间', '开始时间'],
  ),
  column(
    'connection_end_time',
    'time',
    ['Connection Ended', 'Ended', 'End Time'],
    ['结束连接时间', '结束时间'],
  ),
  column(
    'e2e_rtt',
    'latency',
    ['Average Latency (ms)', 'Average Latency', 'End-to-end latency (ms)'],
    ['平均时延(ms)', '平均时延', '端到端时延(ms)'],
  ),
  column(
    'connection_failure_reason',
    'text',
    ['Connection Details', 'Failure Cause'],
    ['连接详细描述', '连接失败原因', '失败原因'],
  ),
  column('terminal_mac', 'text', ['Terminal MAC Address', 'Terminal MAC'], ['终端MAC地址', '终端MAC']),
  column('terminal_name', 'text', ['Terminal Name'], ['终端名称']),
  column(
    'client_version',
    'text',
    ['AccessClient Version', 'Client Version'],
    ['AccessClient版本', '客户端版本'],
  ),
  column('agent_version', 'text', ['AccessAgent Version', 'Agent Version'], ['AccessAgent版本']),
  column('connection_setup_time', 'time', ['Connection Established', 'Established'], ['建立连接时间']),
  column('is_reconnect', 'answer', ['Reconnection', 'Reconnect'], ['是否重连']),
  column(
    'enterprise_project_id',
    'project',
    ['Enterprise Project', 'Enterprise Project ID'],
    ['企业项目', '企业项目ID'],
  ),
];

/** Further fields of a record that a file may show. */
const OTHERS: readonly Column[] = [
  column('network_rtt', 'latency', ['Network Latency (ms)', 'Network Latency'], ['网络时延(ms)', '网络时延']),
  column('source_ip', 'text', ['Client Source IP', 'Source IP'], ['客户端源IP']),
  column('transaction_id', 'text', ['Transaction ID'], ['事务ID']),
  column('sid', 'text', ['Desktop SID', 'SID'], ['桌面SID']),
  column('tenantId', 'text', ['Tenant ID'], ['租户ID']),
];

const LANGUAGES = ['en_US', 'zh_CN'] as const;

/** What a header names, if it is known: the field, and the language that it is in. */
export function headerOf(header: Cell): { column: Column; language: Language } | undefined {
  const name = plain(String(header));
  for (const column of [...COLUMNS, ...OTHERS]) {
    const language = LANGUAGES.find((one) => column[one].some((known) => plain(known) === name));
    if (language) return { column, language };
  }
  return undefined;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replace(/[\s_-]+/g, '');
}

/** The words for yes and no. */
export const WORDS: Readonly<Record<Language, readonly [yes: string, no: string]>> = {
  en_US: ['Yes', 'No'],
  zh_CN: ['是', '否'],
};

/** What a cell means, the same for however many ways of writing it. */
export function meaningOf({ kind }: Column, cell: Cell): string {
  const text = String(cell);
  if (kind === 'time') return timeMeaning(cell);
  if (kind === 'latency') return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? String(Number(text)) : text.trim();
  if (kind === 'answer') return answerMeaning(text);
  // Nobody says whether a desktop without a project is shown as one of the default project.
  if (kind === 'project') return text === '' ? '0' : text;
  return textMeaning(text);
}

/** What the cell of a record must mean. */
export function meaningIn(column: Column, row: Row): string {
  return meaningOf(column, textOf(row, column.field));
}

/** Longer texts than a cell of Excel holds are cut there. */
const LONGEST = 32_000;
/** What may stand before a formula to take its meaning away: at the beginning, or where another separator begins a cell. */
const DEFUSED = /(^|[;\t\n])[' \t]+(?=[=+\-@＝＋－＠])|^'(?=[\t\n])/g;

function textMeaning(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(DEFUSED, '$1').slice(0, LONGEST);
}

const TIME =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|\(UTC\)|[+-]\d{2}:?\d{2})?$/i;
/** The day that Excel counts from, in days since 1970. */
const EPOCH = 25_569;

function timeMeaning(cell: Cell): string {
  if (typeof cell === 'number') return second((cell - EPOCH) * DAY);
  const [, year, month, day, hour, minute, seconds = '00', zone = 'Z'] = TIME.exec(cell.trim()) ?? [];
  if (year === undefined) return cell.trim();
  const two = (text = '') => text.padStart(2, '0');
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(...):?/, '$1:') : 'Z';
  const time = Date.parse(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${seconds}${offset}`);
  return Number.isNaN(time) ? cell : second(time);
}

function second(time: number): string {
  return `${new Date(Math.round(time / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

function answerMeaning(text: string): string {
  if (/^(yes|true|1|是)$/i.test(text)) return 'true';
  return /^(no|false|0|否)$/i.test(text) ? 'false' : text;
}

export type { Column };

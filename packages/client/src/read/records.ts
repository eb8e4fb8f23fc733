import type { ConnectionRecord } from '@connection-records/types';
import { ReadError } from './error.ts';

/** The cells of a row, by column. Cells that are empty may be missing. */
export type Row = readonly (string | undefined)[];

type Field = keyof ConnectionRecord;

/**
 * The names of the columns: the vendor's console in both languages, older ones of the same columns (2024), and the field itself, which
 * needs no mention here.
 */
const names: Record<Field, string[]> = {
  tenantId: ['租户id', 'Tenant ID'],
  sid: ['桌面sid', 'Desktop SID'],
  transaction_id: ['事务id', 'Transaction ID'],
  computer_name: ['桌面名称', 'Desktop Name', '计算机名', 'Computer Name'],
  user_name: ['连接用户', 'Connected User', '登录用户', 'Login User', '用户名', 'User Name'],
  terminal_mac: ['终端MAC地址', 'Terminal MAC Address'],
  terminal_name: ['终端名称', 'Terminal Name'],
  terminal_ip: ['终端IP', 'Terminal IP Address', 'Terminal IP'],
  client_version: ['AccessClient版本', 'AccessClient Version'],
  terminal_type: ['终端系统类型', 'Terminal OS Type'],
  agent_version: ['AccessAgent版本', 'AccessAgent Version'],
  desktop_ip: ['桌面IP', 'Desktop IP Address', 'Desktop IP'],
  connection_start_time: ['开始连接时间', 'Connection Started', 'Started'],
  connection_setup_time: ['建立连接时间', 'Connection Established', 'Established'],
  connection_end_time: ['结束连接时间', 'Connection Ended', 'Ended'],
  is_reconnect: ['是否重连', 'Reconnection'],
  connection_failure_reason: ['连接详细描述', 'Connection Details', '连接失败原因', 'Failure Cause'],
  network_rtt: ['网络时延(ms)', 'Network Latency (ms)'],
  e2e_rtt: ['平均时延(ms)', 'Average Latency (ms)', '端到端时延(ms)', 'End-to-End Latency (ms)'],
  source_ip: ['客户端源IP', 'Client Source IP', 'Client Source IP Address'],
  public_ip: ['客户端出口IP', '客户端出网IP', 'Client Egress IP', 'Client Egress IP Address'],
  enterprise_project_id: ['企业项目', 'Enterprise Project', '企业项目ID', 'Enterprise Project ID'],
};

/** Wide letters, case, spaces and punctuation are nothing to tell columns by. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const fields = new Map<string, Field>(
  Object.entries(names).flatMap(([field, others]) =>
    [field, ...others].map((name): [string, Field] => [plain(name), field as Field]),
  ),
);

/** The records of sheets, each of which has a header among its first rows, or nothing to read. */
export async function* recordsOf(
  sheets: Iterable<AsyncIterable<Row>> | AsyncIterable<AsyncIterable<Row>>,
): AsyncGenerator<ConnectionRecord, void, undefined> {
  let headers = 0;
  const others: string[] = [];
  for await (const rows of sheets) {
    let columns: (Field | undefined)[] | undefined;
    let seen = 0;
    for await (const row of rows) {
      if (columns) {
        const record = recordOf(row, columns);
        if (record) yield record;
        continue;
      }
      const found = Array.from(row, (cell) => fields.get(plain(cell ?? '')));
      // A title, or who exported it when, may stand before the header.
      if (found.some(Boolean)) {
        columns = found;
        headers++;
      } else if (++seen > 20) break;
      else others.push(...row.filter((cell) => cell !== undefined));
    }
  }
  if (headers > 0) return;
  const shown = others.slice(0, 5).map((cell) => `"${cell.slice(0, 40)}"`);
  throw new ReadError(
    `No column of connection records was found${shown.length ? `, but ${shown.join(', ')}` : ' in an empty file'}. Is it another export?`,
  );
}

/** The record of a row, unless all of it is empty. */
function recordOf(row: Row, columns: (Field | undefined)[]): ConnectionRecord | undefined {
  const record: Partial<Record<Field, string | number | boolean>> = {};
  let isEmpty = true;
  for (let index = 0; index < columns.length; index++) {
    const field = columns[index];
    const cell = row[index];
    if (!field || !cell) continue;
    const value = typed(field, cell);
    if (value === undefined) continue;
    record[field] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : (record as ConnectionRecord);
}

/** The value of a cell; undefined if it is none of its field's type. */
function typed(field: Field, cell: string): string | number | boolean | undefined {
  if (field.endsWith('_rtt')) {
    // Here an apostrophe can only have been put there to keep a sign from being a formula.
    const number = Number(cell.replace(/^'/, '').trim() || Number.NaN);
    return Number.isFinite(number) ? number : undefined;
  }
  if (field === 'is_reconnect') {
    if (/^(yes|true|1|是)$/i.test(cell.trim())) return true;
    return /^(no|false|0|否)$/i.test(cell.trim()) ? false : undefined;
  }
  return field.endsWith('_time') && /^\d{5}(\.\d+)?$/.test(cell) ? timeOf(Number(cell)) : cell;
}

/** The time of a date of Excel: days since the end of 1899, rounded to the second. */
const timeOf = (days: number) =>
  new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString().replace('.000', '');

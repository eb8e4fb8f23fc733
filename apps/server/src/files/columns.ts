import type { ConnectionRecord, Language } from '@connection-records/types';

/** What a cell is made from. `null`, `undefined` and the empty string are an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** The cells of a row, in the order of {@link columns}. */
export type Row = readonly Cell[];

/** A column of the file: the field of the record that it shows, its header, and its width in characters. */
export interface Column extends Readonly<Record<Language, string>> {
  readonly field: keyof ConnectionRecord;
  readonly width: number;
}

/**
 * The columns of the file: those of the vendor's console, in its order, without the link "Session Monitoring", which has no field. Times
 * are the text of the wire, in UTC: a date of Excel has no time zone, and would be read in the one of whoever opens the file.
 */
export const columns: readonly Column[] = [
  { field: 'user_name', en_US: 'Connected User', zh_CN: '连接用户', width: 26 },
  { field: 'computer_name', en_US: 'Desktop Name', zh_CN: '桌面名称', width: 18 },
  { field: 'terminal_ip', en_US: 'Terminal IP Address', zh_CN: '终端IP', width: 20 },
  { field: 'terminal_type', en_US: 'Terminal OS Type', zh_CN: '终端系统类型', width: 18 },
  { field: 'desktop_ip', en_US: 'Desktop IP Address', zh_CN: '桌面IP', width: 20 },
  { field: 'public_ip', en_US: 'Client egress IP', zh_CN: '客户端出口IP', width: 18 },
  { field: 'connection_start_time', en_US: 'Connection Started', zh_CN: '开始连接时间', width: 22 },
  { field: 'connection_end_time', en_US: 'Connection Ended', zh_CN: '结束连接时间', width: 22 },
  { field: 'e2e_rtt', en_US: 'Average Latency (ms)', zh_CN: '平均时延(ms)', width: 22 },
  { field: 'connection_failure_reason', en_US: 'Connection Details', zh_CN: '连接详细描述', width: 36 },
  { field: 'terminal_mac', en_US: 'Terminal MAC Address', zh_CN: '终端MAC地址', width: 22 },
  { field: 'terminal_name', en_US: 'Terminal Name', zh_CN: '终端名称', width: 20 },
  { field: 'client_version', en_US: 'AccessClient Version', zh_CN: 'AccessClient版本', width: 22 },
  { field: 'agent_version', en_US: 'AccessAgent Version', zh_CN: 'AccessAgent版本', width: 22 },
  { field: 'connection_setup_time', en_US: 'Connection Established', zh_CN: '建立连接时间', width: 24 },
  { field: 'is_reconnect', en_US: 'Reconnection', zh_CN: '是否重连', width: 14 },
  { field: 'enterprise_project_id', en_US: 'Enterprise Project', zh_CN: '企业项目', width: 38 },
];

/** The other words of a file: for a boolean, for its sheets, and at the end of a text that Excel's limit cuts. */
export const words = {
  en_US: {
    yes: 'Yes',
    no: 'No',
    sheet: 'Connection Records',
    cut: ' … [cut: a cell holds 32,767 characters]',
  },
  zh_CN: { yes: '是', no: '否', sheet: '连接记录', cut: ' …［已截断：单元格最多32,767个字符］' },
} as const satisfies Record<Language, Record<'yes' | 'no' | 'sheet' | 'cut', string>>;

/** The row of a record. */
export function rowOf(record: ConnectionRecord): Row {
  return columns.map(({ field }) => record[field]);
}

/** What stands in the cell: a number, or a text, which is empty for what is missing. */
export function cellOf(value: Cell, language: Language): string | number {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? words[language].yes : words[language].no;
  // NaN and infinity have no form in either format.
  return typeof value === 'number' && Number.isFinite(value) ? value : '';
}

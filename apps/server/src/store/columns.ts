import { createHash } from 'node:crypto';
import type { ConnectionRecord } from '@connection-records/types';

/** The name of a field of a record, as it travels on the wire and as its column is called. */
export type Column = keyof ConnectionRecord;

/** Every field of a record in the order of the contract, with the kind of its value. */
export const kinds = {
  tenantId: 'text',
  sid: 'text',
  transaction_id: 'text',
  computer_name: 'text',
  user_name: 'text',
  terminal_mac: 'text',
  terminal_name: 'text',
  terminal_ip: 'text',
  client_version: 'text',
  terminal_type: 'text',
  agent_version: 'text',
  desktop_ip: 'text',
  connection_start_time: 'text',
  connection_setup_time: 'text',
  connection_end_time: 'text',
  is_reconnect: 'boolean',
  connection_failure_reason: 'text',
  network_rtt: 'integer',
  e2e_rtt: 'integer',
  source_ip: 'text',
  public_ip: 'text',
  enterprise_project_id: 'text',
} as const satisfies Record<Column, 'text' | 'integer' | 'boolean'>;

/** The names alone: the order of the values in a whole row. */
export const columns = Object.keys(kinds) as Column[];

/** A value as it is stored: `null` for a field that the record lacks, 1 and 0 for true and false. */
export type Cell = string | number | null;

/** The values of a record, in the order of the columns that were asked for. */
export type Row = Cell[];

/** A record as it is stored. */
export function rowOf(record: ConnectionRecord): Row {
  return columns.map((name) => {
    const value = record[name];
    return typeof value === 'boolean' ? Number(value) : (value ?? null);
  });
}

/** The record of a whole row. What it lacked is missing again, not null. */
export function recordOf(row: Row): ConnectionRecord {
  const record: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index++) {
    const value = row[index];
    if (value === null) continue;
    const name = columns[index]!;
    record[name] = kinds[name] === 'boolean' ? value === 1 : value;
  }
  return record;
}

/** What tells a record from the others of its project: its id, or else all that is in it. */
export function keyOf(record: ConnectionRecord, row: Row): string {
  return record.transaction_id || `sha256:${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`;
}

/** When the connection of a record started, in milliseconds since 1970. */
export function startOf(record: ConnectionRecord): number {
  const time = Date.parse(record.connection_start_time ?? '');
  if (Number.isNaN(time)) {
    const given = JSON.stringify(record.connection_start_time);
    throw new TypeError(
      `A record is kept by its connection_start_time, which is ${given}; 2026-02-03T01:02:47Z would do.`,
    );
  }
  return time;
}

/** The directory domain of a user: what follows the last `@` of the name. */
export function domainOf(userName: string | undefined): string | null {
  const at = userName?.lastIndexOf('@') ?? -1;
  return at < 0 ? null : userName!.slice(at + 1);
}

import type { ConnectionRecord, ExportFilters } from '@connection-records/client';

/** The name of an input that the contract describes. */
export type FieldName = keyof ExportFilters | 'project_id';

/** One input of the form: what the contract says of a parameter, without the rest of the contract. */
export interface Field {
  name: FieldName;
  kind: 'text' | 'time' | 'integer' | 'choice';
  required: boolean;
  example: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  choices?: string[];
}

/** The columns of the table, by the names of their fields, those people look for first. */
export const columns = [
  'connection_start_time',
  'user_name',
  'computer_name',
  'e2e_rtt',
  'connection_end_time',
  'terminal_type',
  'terminal_name',
  'public_ip',
  'is_reconnect',
  'connection_failure_reason',
  'client_version',
  'enterprise_project_id',
] as const satisfies (keyof ConnectionRecord)[];

/** What the columns of a file are called in the language of the page, by their fields. */
export type ColumnNames = { [field: string]: string };

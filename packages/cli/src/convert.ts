import { createWriteStream, openAsBlob } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ConnectionRecord, readConnectionRecords } from '@connection-records/client/read';

/** The formats that a file can be had in. */
export const formats = ['xlsx', 'csv', 'ndjson'] as const;
export type Format = (typeof formats)[number];

/** The columns of a converted file, by the names of the API, in the order of the console's. */
const columns = [
  'user_name',
  'computer_name',
  'terminal_ip',
  'terminal_type',
  'desktop_ip',
  'public_ip',
  'connection_start_time',
  'connection_setup_time',
  'connection_end_time',
  'e2e_rtt',
  'connection_failure_reason',
  'terminal_mac',
  'terminal_name',
  'client_version',
  'agent_version',
  'is_reconnect',
  'enterprise_project_id',
] as const satisfies (keyof ConnectionRecord)[];

/** The records of a file on disk. A file can be read twice, which some workbooks need. */
async function* recordsOf(path: string): AsyncGenerator<ConnectionRecord> {
  yield* readConnectionRecords(await openAsBlob(path));
}

/**
 * How many records a file has.
 *
 * @throws ReadError if it is no file of connection records.
 */
export async function countRecords(path: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const _ of recordsOf(path)) if (++count % 1000 === 0) signal.throwIfAborted();
  return count;
}

/**
 * Writes the records of a file into another one, and resolves to how many there are. Columns have the names of the API, whatever the
 * language of the file.
 *
 * @throws ReadError if it is no file of connection records.
 */
export async function convert(
  from: string,
  to: string,
  format: Format,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  const counted = async function* () {
    for await (const record of recordsOf(from)) {
      count++;
      yield record;
    }
  };
  const target = createWriteStream(to, { flags: 'wx' });
  if (format === 'csv') await pipeline(counted(), await csvLines(), target, { signal });
  else if (format === 'ndjson') await pipeline(ndjsonLines(counted()), target, { signal });
  else {
    const { workbookOf } = await import('./workbook.ts');
    await pipeline(workbookOf(rowsOf(counted())), target, { signal });
  }
  return count;
}

async function* ndjsonLines(records: AsyncIterable<ConnectionRecord>) {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

async function csvLines() {
  const { stringify } = await import('csv-stringify');
  return stringify({
    // Without the mark, Excel reads the file in the code page of the machine.
    bom: true,
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    // By itself it quotes but the line end of its own, and any other one would end a row for whoever reads the file.
    quoted_match: /[\r\n]/,
    cast: { boolean: String },
    // Names come from users: none of them may become a formula.
    escape_formulas: true,
  });
}

/** The rows of a sheet, the first of which has the names of the columns. */
async function* rowsOf(records: AsyncIterable<ConnectionRecord>) {
  yield [...columns];
  for await (const record of records) yield columns.map((column) => record[column]);
}

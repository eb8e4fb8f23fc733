import { type Column, columns, type Row } from './columns.ts';
import { recordCondition } from './condition.ts';
import { type Connection, openReadOnly } from './database.ts';
import type { Page, RecordFilter } from './store.ts';

export { type Cell, type Column, columns, kinds, type Row } from './columns.ts';

/** Rows of the records of one database, read in this thread: for a worker thread, in which nothing has to wait. */
export interface Rows {
  /**
   * All rows that match, oldest first, in batches, as they were when the first was read. Their values are in the order of the
   * columns; ask only for those that are used, because what reading costs is the values. Read to the end, or leave by
   * `break`: as long as a reading stands open, the database keeps all that was there when it began.
   */
  readRows(filter: RecordFilter, options?: ReadOptions): Generator<Row[], void>;
  /** A page of whole rows, and how many match in all. */
  listRows(filter: RecordFilter, page: Page): { rows: Row[]; total: number };
  close(): void;
}

/** What to read, and how much of it at a time. */
export interface ReadOptions {
  /** The columns, in this order. All of them unless said otherwise. */
  columns?: readonly Column[];
  /** Rows in a batch, 1000 unless said otherwise. */
  batchSize?: number;
}

const ORDER = 'ORDER BY started, key';

/** Opens the records in the folder of a store for reading, next to the store itself. */
export function openRows(folder: string): Rows {
  const connection = openReadOnly(folder);
  return {
    readRows: (filter, options = {}) => readRows(connection, filter, options),
    listRows: (filter, page) => listRows(connection, filter, page),
    close: connection.close,
  };
}

function* readRows(
  { database }: Connection,
  filter: RecordFilter,
  { columns: names = columns, batchSize = 1000 }: ReadOptions,
): Generator<Row[], void> {
  const { sql, values } = recordCondition(filter);
  // Its own statement, not a kept one: a second reading at the same time would begin the first anew.
  const statement = database.prepare(`SELECT ${names.join(', ')} FROM records WHERE ${sql} ${ORDER}`);
  statement.setReturnArrays(true);
  let batch: Row[] = [];
  // One statement sees the database as it was at its first row, whatever others write meanwhile.
  for (const row of statement.iterate(...values) as Iterable<unknown> as Iterable<Row>) {
    batch.push(row);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function listRows({ database, statement }: Connection, filter: RecordFilter, { offset, limit }: Page) {
  const { sql, values } = recordCondition(filter);
  database.exec('BEGIN');
  try {
    const [total] = statement(`SELECT count(*) FROM records WHERE ${sql}`).get(...values) as unknown as [
      number,
    ];
    const page = statement(
      `SELECT ${columns.join(', ')} FROM records WHERE ${sql} ${ORDER} LIMIT ? OFFSET ?`,
    );
    return { rows: page.all(...values, limit, offset) as unknown as Row[], total };
  } finally {
    database.exec('COMMIT');
  }
}

import type { Row } from './columns.ts';

/** Where bytes go. They belong to the caller again once the promise is kept. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/** Makes the bytes of a file from rows, and gives them to a {@link Sink}. */
export interface RowEncoder {
  writeRows(rows: readonly Row[]): Promise<void>;
  /** Everything after the last row. */
  finish(): Promise<void>;
}

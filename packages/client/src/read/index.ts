/**
 * Reads exported files. For every JavaScript runtime with `DecompressionStream`.
 *
 * @module
 */
import type { ConnectionRecord } from '@connection-records/types';
import { rowsOfCsv } from './csv.ts';
import { ReadError } from './error.ts';
import { recordsOf } from './records.ts';
import { ByteSource, type FileSource, opened } from './source.ts';
import { rowsOfXlsx } from './xlsx.ts';

export type { ConnectionRecord } from '@connection-records/types';
export { ReadError } from './error.ts';
export type { FileSource } from './source.ts';

/** How to read a file. */
export interface ReadOptions {
  /** The encoding of comma-separated text that is not UTF-8, as `TextDecoder` names it: `gb18030` of a file that Excel saved in China. */
  encoding?: string | undefined;
}

/**
 * Reads the records of an exported file, one by one, as they arrive: an Excel workbook (`.xlsx`, every sheet of it) or comma-separated
 * text, told apart by the first bytes, with headers in Chinese or English, or the names of the wire. Other columns are left out, and so
 * are empty cells.
 *
 * The columns are those of the vendor's console, as this project's server writes them; the vendor documents none. Times stay text; a date
 * of Excel, which has no time zone, is taken for UTC. An apostrophe that keeps a text from being a formula stays as well, in all but
 * numbers: nobody can tell whether it was part of the text.
 *
 * Memory does not grow with the file, but for a workbook's table of shared strings, where it has one. If that comes after the sheets,
 * as in a file that Excel saved, a stream cannot be read, since it cannot be read twice: give a Blob (in Node, `fs.openAsBlob`).
 *
 * @param file A stream of bytes, a Blob, the bytes, or what `downloadExport` resolved to.
 * @throws ReadError if the file is neither, is broken, or has none of the columns.
 * @example for await (const { user_name, e2e_rtt } of readConnectionRecords(file)) console.log(user_name, e2e_rtt);
 */
export async function* readConnectionRecords(
  file: FileSource,
  { encoding }: ReadOptions = {},
): AsyncGenerator<ConnectionRecord, void, undefined> {
  const open = opened(file);
  const source = new ByteSource(open.read());
  try {
    const head = await source.peek(4);
    const [first, second] = head;
    if (first === 0xd0 && second === 0xcf)
      throw new ReadError(
        'This is an old or an encrypted workbook. Save it as .xlsx or .csv, without a password.',
      );
    const isZip = first === 0x50 && second === 0x4b;
    const sheets = isZip ? rowsOfXlsx(source, open.again) : [rowsOfCsv(source, encoding)];
    yield* recordsOf(sheets);
  } finally {
    await source.close();
  }
}

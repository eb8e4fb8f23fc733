import type { Language } from '@connection-records/types';
import type { FileFormat } from '../store/store.ts';
import type { Row } from './columns.ts';
import { CsvEncoder } from './csv.ts';
import type { FinishedFile, NewFile } from './file-store.ts';
import type { RowEncoder, Sink } from './row-encoder.ts';
import { type SheetLimits, XlsxEncoder } from './xlsx.ts';

export { type Cell, type Column, columns, type Row, rowOf } from './columns.ts';

/** What to write, and into which file. */
export interface FileTarget {
  format: FileFormat;
  language: Language;
  file: NewFile;
  /** For a test, which cannot wait for a million rows: where the sheets of a workbook end. */
  sheetLimits?: Partial<SheetLimits>;
}

/** Writes a file with memory that stays the same however many rows there are. Calls follow one another: await each. */
export interface FileWriter {
  writeRows(rows: readonly Row[]): Promise<void>;
  /** Completes the file, which now appears under its name. If that fails, nothing of it is left. */
  end(): Promise<FinishedFile>;
  /** Gives up: nothing of the file is left. */
  abort(): Promise<void>;
}

/** Begins a file with its header row. */
export async function createFileWriter(target: FileTarget): Promise<FileWriter> {
  const { file } = target;
  const encoder = encoderFor(target, async (bytes) => file.write(bytes));
  return {
    writeRows: (rows) => encoder.writeRows(rows),
    async end() {
      try {
        await encoder.finish();
        return await file.publish();
      } catch (error) {
        await file.discard();
        throw error;
      }
    },
    abort: async () => file.discard(),
  };
}

/** Writes a whole file from batches of rows. If that fails, for whatever reason, nothing of the file is left. */
export async function writeExportFile(
  target: FileTarget,
  batches: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>,
): Promise<FinishedFile & { rows: number }> {
  const writer = await createFileWriter(target);
  try {
    let rows = 0;
    for await (const batch of batches) {
      await writer.writeRows(batch);
      rows += batch.length;
    }
    return { rows, ...(await writer.end()) };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Writes a whole file from its bytes. If that fails, for whatever reason, nothing of the file is left. */
export async function writeBytes(file: NewFile, pieces: AsyncIterable<Uint8Array>): Promise<FinishedFile> {
  try {
    for await (const bytes of pieces) await file.write(bytes);
    return await file.publish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

function encoderFor({ format, language, sheetLimits }: FileTarget, sink: Sink): RowEncoder {
  return format === 'csv' ? new CsvEncoder(sink, language) : new XlsxEncoder(sink, language, sheetLimits);
}

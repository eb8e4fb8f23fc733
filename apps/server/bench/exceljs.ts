// The obvious way to a workbook: ExcelJS, the package that most people would stream one with.
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { columns, type Row } from '../src/files/index.ts';

export async function writeWithExcelJs(filename: string, batches: Iterable<readonly Row[]>): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, zip: { zlib: { level: 1 } } });
  const sheet = workbook.addWorksheet('Connection Records', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(columns.map((column) => column.en_US)).commit();
  for (const batch of batches) {
    for (const row of batch) sheet.addRow(row.map(wordFor)).commit();
    await setImmediate();
  }
  sheet.commit();
  await workbook.commit();
}

const wordFor = (value: Row[number]) => (typeof value === 'boolean' ? (value ? 'Yes' : 'No') : value);

import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { unzip } from './files.testing.ts';
import { constantParts, sheetHead, sheetPart, sheetTail, workbookParts } from './xlsx-parts.ts';
import { ZipWriter } from './zip.ts';

async function archive(zip64From?: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const zip = new ZipWriter(async (bytes) => void pieces.push(Buffer.from(bytes)), zip64From);
  const sheet = `${sheetHead}<row r="1"><c r="A1"><v>42</v></c></row>${sheetTail(1)}`;
  const parts = { ...constantParts, [sheetPart(1)]: sheet, ...workbookParts(1, 'en_US') };
  for (const [name, text] of Object.entries(parts)) await zip.add(name, text);
  await zip.end();
  return Buffer.concat(pieces);
}

async function readByExcelJS(file: Buffer): Promise<unknown> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file.buffer as ArrayBuffer);
  return workbook.worksheets[0]!.getCell('A1').value;
}

test('an archive is one that another reader opens', async () => {
  const file = await archive();
  expect(unzip(file).get('xl/styles.xml')!.toString()).toBe(constantParts['xl/styles.xml']);
  expect(file.includes('PK\x06\x06')).toBe(false);
  expect(await readByExcelJS(file)).toBe(42);
});

test('an archive past 4 GiB is one of ZIP64, that another reader opens', async () => {
  // As if all offsets but the first were past 4 GiB.
  const file = await archive(1);
  expect(file.includes('PK\x06\x06')).toBe(true);
  expect(await readByExcelJS(file)).toBe(42);
});

test('an entry is made of pieces', async () => {
  const pieces: Buffer[] = [];
  const zip = new ZipWriter(async (bytes) => void pieces.push(Buffer.from(bytes)));
  await zip.begin('a.txt');
  for (const piece of ['one ', '', 'two ', 'three']) await zip.write(Buffer.from(piece));
  expect(zip.entrySize).toBe(13);
  await zip.finish();
  await zip.end();
  expect(unzip(Buffer.concat(pieces))).toEqual(new Map([['a.txt', Buffer.from('one two three')]]));
});

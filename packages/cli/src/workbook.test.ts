import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { type Cell, workbookOf } from './workbook.ts';

const bytesOf = (rows: Cell[][]) => buffer(workbookOf(Readable.from(rows)));

async function read(bytes: Buffer) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as never);
  const rows: unknown[][] = [];
  workbook.worksheets[0]!.eachRow({ includeEmpty: true }, (row) => {
    rows.push((row.values as unknown[]).slice(1));
  });
  return rows;
}

test('another program reads a workbook as it was written', async () => {
  const rows = [
    ['user_name', 'e2e_rtt', 'is_reconnect', 'note'],
    ['张三', 35, true, '=1+1'],
    ['<&">', 0, false, ' two\nlines '],
  ];
  expect(await read(await bytesOf(rows))).toEqual(rows);
});

test('what is empty has no cell, and what XML cannot hold is replaced', async () => {
  const rows = await read(await bytesOf([['a', undefined, '', 'b\u0001\ud800']]));
  expect(rows).toEqual([['a', undefined, undefined, 'b\ufffd\ufffd']]);
});

test('a text is cut where a cell of Excel ends', async () => {
  const [[text]] = (await read(await bytesOf([['x'.repeat(40_000)]]))) as [[string]];
  expect(text).toHaveLength(32_767);
});

test('more rows than a sheet holds are refused with what to do', async () => {
  const endless = async function* () {
    for (;;) yield [];
  };
  const drain = async () => {
    for await (const _ of workbookOf(endless()));
  };
  await expect(drain()).rejects.toMatchObject({
    message: 'A sheet holds 1,048,575 records, and there are more.',
    advice: 'Use --format csv or ndjson, or export a shorter window.',
  });
});

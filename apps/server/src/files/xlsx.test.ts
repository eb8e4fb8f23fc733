import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect } from 'vitest';
import { readXlsx, test, unzip } from './files.testing.ts';
import { type Cell, columns, type Row, rowOf, writeExportFile } from './index.ts';
import { PublishedFile } from './published-file.ts';
import { recordOf } from './records.testing.ts';

const line = (value: Cell): Cell[] => [value, ...Array<Cell>(columns.length - 1).fill(null)];

async function open(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

/** The first cell, as the XML has it and as a reader gives it. */
async function writtenAs(folder: string, value: Cell) {
  const path = join(folder, 'one.xlsx');
  await writeExportFile({ format: 'xlsx', language: 'zh_CN', file: new PublishedFile(path) }, [
    [line(value)],
  ]);
  const xml = unzip(await readFile(path))
    .get('xl/worksheets/sheet1.xml')!
    .toString();
  const [sheet] = await readXlsx(path);
  return { xml: /<row r="2">(.*)<\/row>/s.exec(xml)![1], read: sheet!.rows[1]![0] };
}

describe('a workbook', () => {
  test('opens in ExcelJS, with a bold header that stays in view and a filter over all rows', async ({
    folder,
  }) => {
    const path = join(folder, 'a.xlsx');
    const rows = [1, 2, 3].map((n) => rowOf(recordOf(n)));
    await writeExportFile({ format: 'xlsx', language: 'en_US', file: new PublishedFile(path) }, [rows]);
    const [sheet] = (await open(path)).worksheets;
    expect(sheet!.name).toBe('Connection Records');
    expect(sheet!.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet!.autoFilter).toBe('A1:Q4');
    expect(sheet!.getCell('Q1').font).toMatchObject({ bold: true });
    expect(sheet!.getCell('Q2').font?.bold).toBeUndefined();
    expect(sheet!.getColumn(1).width).toBe(26);
    expect(sheet!.getRow(1).values).toEqual([undefined, ...columns.map((column) => column.en_US)]);
    expect(sheet!.getCell('A2').value).toBe('user1@corp.example');
    expect(sheet!.getCell('I2').value).toBe(1);
    expect(sheet!.getCell('P2').value).toBe('No');
    expect(sheet!.getCell('J2').value).toBeNull();
  });

  test.for([
    ['a', '<c r="A2" t="str"><v>a</v></c>', 'a'],
    [5, '<c r="A2"><v>5</v></c>', 5],
    [-5, '<c r="A2"><v>-5</v></c>', -5],
    [true, '<c r="A2" t="str"><v>是</v></c>', '是'],
    [false, '<c r="A2" t="str"><v>否</v></c>', '否'],
    [null, '', ''],
    ['', '', ''],
    [Number.POSITIVE_INFINITY, '', ''],
    [' a ', inline(' a '), ' a '],
    ['<a & "b">', inline('&lt;a &amp; "b"&gt;'), '<a & "b">'],
    ['a\tb\nc', inline('a\tb\nc'), 'a\tb\nc'],
    ['a\r\nb', inline('a_x000D_\nb'), 'a\r\nb'],
    [
      '\u0000\u001f\u0085\uFFFE\uFFFF',
      inline('_x0000__x001F__x0085__xFFFE__xFFFF_'),
      '\u0000\u001f\u0085\uFFFE\uFFFF',
    ],
    ['_x0041_', inline('_x005F_x0041_'), '_x0041_'],
    ['_x005F_x0041_', inline('_x005F_x005F_x005F_x0041_'), '_x005F_x0041_'],
    ['a_b', inline('a_b'), 'a_b'],
    ['=1+1', inline("'=1+1"), "'=1+1"],
    ['\t@a', inline("'\t'@a"), "'\t'@a"],
    ['李😀', inline('李😀'), '李😀'],
    ['a\uDC00b', inline('a\uFFFDb'), 'a\uFFFDb'],
  ] as const)('has %j as %j', async ([value, xml, read], { folder }) => {
    expect(await writtenAs(folder, value)).toEqual({ xml, read });
  });

  test('cuts a text at the limit of Excel and says so, without halving a character', async ({ folder }) => {
    const { read } = await writtenAs(folder, '😀'.repeat(16_383));
    expect(read).toBe('😀'.repeat(16_383));
    const { read: cut } = await writtenAs(folder, '😀'.repeat(16_384));
    expect(cut).toMatch(/^(😀)+ …［已截断：单元格最多32,767个字符］$/u);
    expect(String(cut).length).toBeGreaterThan(32_760);
    expect(String(cut).length).toBeLessThanOrEqual(32_767);
  });

  test('goes on in further sheets, each with the header, where a sheet is full', async ({ folder }) => {
    const path = join(folder, 'many.xlsx');
    const rows = Array.from({ length: 9 }, (_, n): Row => line(`row ${n}`));
    await writeExportFile(
      { format: 'xlsx', language: 'zh_CN', file: new PublishedFile(path), sheetLimits: { rows: 5 } },
      [rows],
    );
    const { worksheets } = await open(path);
    expect(worksheets.map(({ name }) => name)).toEqual(['连接记录', '连接记录 2', '连接记录 3']);
    expect(worksheets.map((sheet) => sheet.getColumn(1).values.slice(1))).toEqual([
      ['连接用户', 'row 0', 'row 1', 'row 2', 'row 3'],
      ['连接用户', 'row 4', 'row 5', 'row 6', 'row 7'],
      ['连接用户', 'row 8'],
    ]);
  });

  test('goes on in a further sheet before the XML of one outgrows an entry of a ZIP archive', async ({
    folder,
  }) => {
    const path = join(folder, 'large.xlsx');
    const batches = Array.from({ length: 4 }, () =>
      Array.from({ length: 1000 }, (_, n) => rowOf(recordOf(n))),
    );
    await writeExportFile(
      { format: 'xlsx', language: 'en_US', file: new PublishedFile(path), sheetLimits: { bytes: 1_000_000 } },
      batches,
    );
    const sheets = await readXlsx(path);
    expect(sheets.length).toBeGreaterThan(1);
    expect(sheets.flatMap(({ rows }) => rows.slice(1))).toHaveLength(4000);
  });

  test('with the same rows has the same bytes at any time', async ({ folder }) => {
    const [one, two] = [join(folder, '1.xlsx'), join(folder, '2.xlsx')];
    const rows = [rowOf(recordOf(1))];
    const first = await writeExportFile({ format: 'xlsx', language: 'en_US', file: new PublishedFile(one) }, [
      rows,
    ]);
    expect(
      await writeExportFile({ format: 'xlsx', language: 'en_US', file: new PublishedFile(two) }, [rows]),
    ).toEqual(first);
  });
});

function inline(text: string): string {
  return `<c r="A2" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readCsv, test } from './files.testing.ts';
import { type Cell, columns, rowOf, writeExportFile } from './index.ts';
import { PublishedFile } from './published-file.ts';

const contract = JSON.parse(
  await readFile(new URL(import.meta.resolve('@connection-records/openapi/openapi.json')), 'utf8'),
);
const { recordsFound, fileInEnglish, fileInChinese } = contract.components.examples;

const line = (value: Cell): Cell[] => [value, ...Array<Cell>(columns.length - 1).fill(null)];

/** What the first cell becomes, as it stands in the file. */
async function writtenAs(folder: string, value: Cell): Promise<string> {
  const path = join(folder, 'one.csv');
  await writeExportFile({ format: 'csv', language: 'en_US', file: new PublishedFile(path) }, [[line(value)]]);
  const text = await readFile(path, 'utf8');
  return text.slice(text.indexOf('\r\n') + 2).replace(/,{16}\r\n$/, '');
}

describe('a CSV file', () => {
  test('begins with a byte order mark, so that Excel shows Chinese', async ({ folder }) => {
    const path = join(folder, 'a.csv');
    await writeExportFile({ format: 'csv', language: 'zh_CN', file: new PublishedFile(path) }, []);
    const bytes = await readFile(path);
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(bytes.toString()).toMatch(/^\uFEFF连接用户,桌面名称,.*,是否重连,企业项目\r\n$/);
  });

  test.for([
    ['en_US', fileInEnglish],
    ['zh_CN', fileInChinese],
  ] as const)(
    'has the columns of the file in the contract, and a line for each record (%s)',
    async ([language, example], { folder }) => {
      const path = join(folder, 'example.csv');
      const rows = recordsFound.value.records.map(rowOf);
      await writeExportFile({ format: 'csv', language, file: new PublishedFile(path) }, [rows]);
      const [header, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\r\n');
      expect(header).toBe(`\uFEFF${example.value.split('\n', 1)[0]}`);
      expect(lines).toHaveLength(rows.length);
      expect(lines[0]?.startsWith(`${recordsFound.value.records[0]?.user_name},`)).toBe(true);
    },
  );

  test.for([
    ['a', 'a'],
    [' a', '" a"'],
    ['a ', '"a "'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['a\r\nb', '"a\r\nb"'],
    ['a\tb', '"a\tb"'],
    ['=1+1', '"\'=1+1"'],
    ['="a",1', '"\'=""a"",1"'],
    ['@a', '"\'@a"'],
    ['＝1', '"\'＝1"'],
    ['a;=1', '"a;\'=1"'],
    ['😀', '😀'],
    ['\u0001', '\u0001'],
    ['a\uD800b', 'a\uFFFDb'],
    ['', ''],
    [null, ''],
    [undefined, ''],
    [Number.NaN, ''],
    [-5, '-5'],
    [0, '0'],
    [true, 'Yes'],
    [false, 'No'],
  ] as const)('has %j as %j', async ([value, written], { folder }) => {
    expect(await writtenAs(folder, value)).toBe(written);
  });

  test('has cells of any length', async ({ folder }) => {
    const path = join(folder, 'long.csv');
    const long = '李'.repeat(500_000);
    await writeExportFile({ format: 'csv', language: 'en_US', file: new PublishedFile(path) }, [
      [line(long), line('after')],
    ]);
    const [, first, second] = await readCsv(path);
    expect(first![0]).toBe(long);
    expect(second![0]).toBe('after');
  });
});

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { type Cell, cellOf, columns } from './columns.ts';
import { readCsv, readXlsx, test } from './files.testing.ts';
import { withoutFormula } from './formula.ts';
import { createFileWriter, type Row, rowOf, writeExportFile } from './index.ts';
import { PublishedFile, partialPath } from './published-file.ts';
import { recordOf } from './records.testing.ts';

const languages = ['en_US', 'zh_CN'] as const;
const formats = ['csv', 'xlsx'] as const;

const all = Array.from({ length: 100_000 }, (_, n) => rowOf(recordOf(n)));

async function read(format: 'csv' | 'xlsx', path: string): Promise<(string | number)[][]> {
  return format === 'csv' ? readCsv(path) : (await readXlsx(path))[0]!.rows;
}

/** What a reader should find for a row. A CSV file has no numbers. */
function expected(format: 'csv' | 'xlsx', language: 'en_US' | 'zh_CN', row: Row): (string | number)[] {
  return row.map((value) => {
    const cell = cellOf(value, language);
    if (typeof cell === 'number') return format === 'csv' ? String(cell) : cell;
    return Buffer.from(withoutFormula(cell)).toString();
  });
}

describe.each(formats)('a file in the format %s', (format) => {
  test.for(languages)('has the header only, if there are no records (%s)', async (language, { folder }) => {
    const path = join(folder, 'empty');
    const { rows } = await writeExportFile({ format, language, file: new PublishedFile(path) }, []);
    expect(rows).toBe(0);
    expect(await read(format, path)).toEqual([columns.map((column) => column[language])]);
  });

  test('has 100,000 records as they were, with its size and SHA-256 told', async ({ folder }) => {
    const path = join(folder, 'many');
    async function* batches() {
      for (let from = 0; from < all.length; from += 1000) yield all.slice(from, from + 1000);
    }
    const { rows, size, sha256 } = await writeExportFile(
      { format, language: 'zh_CN', file: new PublishedFile(path) },
      batches(),
    );
    expect(rows).toBe(100_000);
    expect(size).toBe((await stat(path)).size);
    expect(sha256).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    const [, ...found] = await read(format, path);
    // Cell by cell, by hand: expect() takes seconds for two million of them.
    expect(found).toHaveLength(all.length);
    const text = format === 'csv' ? String : (cell: string | number) => cell;
    expect(
      all.findIndex((row, n) => row.some((value, i) => text(cellOf(value, 'zh_CN')) !== found[n]![i])),
    ).toBe(-1);
  });

  test('has any row as it was', async ({ folder }) => {
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      // Halves of surrogate pairs too.
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
      fc.string({ unit: fc.constantFrom(...'=+-@;,"\'\t\r\n _x0041&<>李😀') }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, undefined, ''),
    );
    const row = fc.array(cell, { minLength: columns.length, maxLength: columns.length });
    const path = join(folder, 'any');
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 5 }),
        fc.constantFrom(...languages),
        async (rows, language) => {
          await writeExportFile({ format, language, file: new PublishedFile(path) }, [rows]);
          const [, ...found] = await read(format, path);
          expect(found).toEqual(rows.map((row) => expected(format, language, row)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('appears under its name only when it is complete', async ({ folder }) => {
    const path = join(folder, 'a');
    const writer = await createFileWriter({ format, language: 'en_US', file: new PublishedFile(path) });
    await writer.writeRows([rowOf(recordOf(1))]);
    expect(await readdir(folder)).toEqual(['a.partial']);
    await writer.end();
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('leaves nothing behind, if reading the records fails in the middle', async ({ folder }) => {
    async function* batches() {
      for (let n = 0; n < 5; n++) yield Array.from({ length: 1000 }, () => rowOf(recordOf(n)));
      throw new Error('the store is gone');
    }
    const written = writeExportFile(
      { format, language: 'en_US', file: new PublishedFile(join(folder, 'a')) },
      batches(),
    );
    await expect(written).rejects.toThrow('the store is gone');
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves nothing behind, if it is given up', async ({ folder }) => {
    const writer = await createFileWriter({
      format,
      language: 'en_US',
      file: new PublishedFile(join(folder, 'a')),
    });
    await writer.writeRows(Array.from({ length: 5000 }, (_, n) => rowOf(recordOf(n))));
    await writer.abort();
    await writer.abort();
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves nothing behind and says why, if the disk takes no more', async ({ folder }) => {
    // A handle that is closed takes as little as a disk that is full.
    const path = join(folder, 'a');
    const writer = await createFileWriter({ format, language: 'en_US', file: new PublishedFile(path) });
    await writer.abort();
    const rows = all.slice(0, 5000);
    await expect(writer.writeRows(rows).then(() => writer.end())).rejects.toThrow('closed');
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves nothing half-written behind, if it cannot get its name', async ({ folder }) => {
    const path = join(folder, 'a');
    await mkdir(join(path, 'in the way'), { recursive: true });
    await expect(
      writeExportFile({ format, language: 'en_US', file: new PublishedFile(path) }, []),
    ).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('overwrites what a crash has left', async ({ folder }) => {
    const path = join(folder, 'a');
    await writeFile(partialPath(path), 'x'.repeat(1_000_000));
    const { size } = await writeExportFile({ format, language: 'en_US', file: new PublishedFile(path) }, []);
    expect((await stat(path)).size).toBe(size);
    expect(await readdir(folder)).toEqual(['a']);
  });
});

test('a row has the fields of a record in the order of the columns', () => {
  expect(
    rowOf({ enterprise_project_id: '0', user_name: 'a', is_reconnect: false, sid: 'not shown' }),
  ).toEqual(['a', ...Array(14).fill(undefined), false, '0']);
});

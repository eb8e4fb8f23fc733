// What the tests of this folder share: a folder for their files, and readers that know nothing of the writers.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { test as base } from 'vitest';

/** A test with a folder of its own. */
export const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads which fixtures are used from the pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'files-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

/** The lines of a CSV file, by csv-parse. */
export async function readCsv(path: string): Promise<string[][]> {
  return parse(await readFile(path), { bom: true, record_delimiter: '\r\n' });
}

/** The entries of a ZIP archive, by its directory, with their checksums verified. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf('PK\x05\x06');
  let at = archive.readUInt32LE(end + 16);
  const entries = new Map<string, Buffer>();
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('latin1', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(data, data + archive.readUInt32LE(at + 20)));
    if (crc32(content) !== archive.readUInt32LE(at + 16)) throw new Error(`${name} has another checksum`);
    if (content.length !== archive.readUInt32LE(at + 24)) throw new Error(`${name} has another size`);
    entries.set(name, content);
    at += 46 + nameLength + archive.readUInt16LE(at + 30);
  }
  return entries;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** The text that Excel shows: without the escapes of XML, and those of ECMA-376 part 1, 22.9.2.19. */
function unescaped(text: string): string {
  return text
    .replace(/&\w+;/g, (entity) => entities[entity]!)
    .replace(/_x([\dA-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/**
 * The sheets of a workbook, each with its rows. ExcelJS, which other tests use, takes seconds for a large one, and leaves the escapes
 * of ECMA-376 as they are.
 */
export async function readXlsx(path: string): Promise<{ name: string; rows: (string | number)[][] }[]> {
  const parts = unzip(await readFile(path));
  const names = [
    ...parts
      .get('xl/workbook.xml')!
      .toString()
      .matchAll(/<sheet name="([^"]*)"/g),
  ];
  return names.map(([, name], index) => ({
    name: name!,
    rows: rowsOf(parts.get(`xl/worksheets/sheet${index + 1}.xml`)!.toString()),
  }));
}

function rowsOf(sheet: string): (string | number)[][] {
  const rows: (string | number)[][] = [];
  const tags =
    /<row r="(\d+)">|<c r="([A-Z])(\d+)"(?: s="1")?(?: t="(\w+)")?>(?:<v>|<is><t xml:space="preserve">)([^<]*)</g;
  for (const [, row, letter, number, type, value] of sheet.matchAll(tags)) {
    if (row) rows[Number(row) - 1] = Array<string | number>(17).fill('');
    else rows[Number(number) - 1]![letter!.charCodeAt(0) - 65] = type ? unescaped(value!) : Number(value);
  }
  return rows;
}

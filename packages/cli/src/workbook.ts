import { strToU8, Zip, ZipDeflate } from 'fflate';
import { Failure } from './failure.ts';

/** What stands in a cell. */
export type Cell = string | number | boolean | undefined;

/** A sheet of Excel ends there, its header included. */
const mostRows = 1_048_576;
/** A cell of Excel holds so many characters. */
const longestText = 32_767;

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const ooxml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook of one sheet (ECMA-376), but the sheet. */
const parts = {
  '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${ooxml}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${ooxml}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Connection Records" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

/**
 * The bytes of an Excel workbook, piece by piece: its memory does not grow with the rows. All text is text, so that nothing becomes a
 * formula.
 *
 * @throws Failure if there are more rows than a sheet holds.
 */
export async function* workbookOf(rows: AsyncIterable<Cell[]>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const entry = (name: string) => {
    const added = new ZipDeflate(name, { level: 3 });
    zip.add(added);
    return added;
  };
  for (const [name, content] of Object.entries(parts)) entry(name).push(strToU8(xml + content), true);
  const sheet = entry('xl/worksheets/sheet1.xml');
  let text = `${xml}<worksheet xmlns="${main}"><sheetData>`;
  let number = 0;
  for await (const row of rows) {
    if (++number > mostRows) throw tooMany();
    text += rowOf(row, number);
    if (text.length < 65_536) continue;
    sheet.push(strToU8(text));
    text = '';
    yield* pieces;
    pieces = [];
  }
  sheet.push(strToU8(`${text}</sheetData></worksheet>`), true);
  zip.end();
  yield* pieces;
}

const rowOf = (row: Cell[], number: number) =>
  `<row r="${number}">${row.map((cell, column) => cellOf(cell, `${letters(column)}${number}`)).join('')}</row>`;

function cellOf(cell: Cell, place: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${Number(cell)}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

/** The name of a column, of which there are 26 at most. */
const letters = (column: number) => String.fromCharCode(65 + column);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** XML has no way to write most control characters, nor half a character. */
const escaped = (text: string) =>
  text
    .slice(0, longestText)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu, '\ufffd')
    .replace(/[&<>\r]/g, (character) => entities[character]!);

const tooMany = () =>
  new Failure(
    'TOO_MANY_ROWS',
    `A sheet holds ${(mostRows - 1).toLocaleString('en-US')} records, and there are more.`,
    'Use --format csv or ndjson, or export a shorter window.',
  );

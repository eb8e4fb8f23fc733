import type { Language } from '@connection-records/types';
import { ByteBuffer, specialCharacters } from './byte-buffer.ts';
import { type Cell, cellOf, columns, type Row, words } from './columns.ts';
import { hasPlainEdges, withoutFormula } from './formula.ts';
import type { RowEncoder, Sink } from './row-encoder.ts';
import {
  constantParts,
  headerStyle,
  letterOf,
  sheetHead,
  sheetPart,
  sheetTail,
  workbookParts,
} from './xlsx-parts.ts';
import { ZipWriter } from './zip.ts';

/** How far a sheet may grow before the next one begins. */
export interface SheetLimits {
  /** Rows with the header. Excel's own limit unless said otherwise. */
  rows: number;
  /** Bytes of the sheet's XML, kept under the 4 GiB of an entry of a plain ZIP. */
  bytes: number;
}

const excelLimits: SheetLimits = { rows: 1_048_576, bytes: 4_000_000_000 };
const longestText = 32_767;

// An underscore may begin an escape.
const special = specialCharacters('&<>_;');
const openRow = Buffer.from('<row r="');
const openCells = Buffer.from('">');
const closeRow = Buffer.from('</row>');
const openCell = columns.map((_, index) => Buffer.from(`<c r="${letterOf(index)}`));
const openNumber = Buffer.from('"><v>');
const openText = Buffer.from('" t="str"><v>');
const openInline = '" t="inlineStr"><is><t xml:space="preserve">';
const closeInline = '</t></is></c>';
const closeValue = Buffer.from('</v></c>');

/**
 * Makes an Excel workbook (ECMA-376). Plain texts are `t="str"`, which takes the fewest bytes and is what SheetJS writes; a table of
 * shared strings would have to be kept in memory. Cells say where they are (`r`), which is optional, but ExcelJS cannot read without it.
 */
export class XlsxEncoder implements RowEncoder {
  readonly #zip: ZipWriter;
  readonly #out: ByteBuffer;
  readonly #language: Language;
  readonly #limits: SheetLimits;
  #sheets = 0;
  #rows = 0;

  constructor(sink: Sink, language: Language, limits: Partial<SheetLimits> = {}) {
    this.#zip = new ZipWriter(sink);
    this.#out = new ByteBuffer((bytes) => this.#zip.write(bytes));
    this.#language = language;
    this.#limits = { ...excelLimits, ...limits };
  }

  async writeRows(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      if (this.#sheetIsFull()) await this.#nextSheet();
      this.#row(row);
      if (this.#out.full) await this.#out.send();
    }
  }

  async finish(): Promise<void> {
    if (this.#sheets === 0) await this.#nextSheet();
    await this.#endSheet();
    await this.#addParts(workbookParts(this.#sheets, this.#language));
    await this.#zip.end();
  }

  #sheetIsFull(): boolean {
    return this.#sheets === 0 || this.#rows >= this.#limits.rows || this.#zip.entrySize >= this.#limits.bytes;
  }

  async #nextSheet(): Promise<void> {
    if (this.#sheets === 0) await this.#addParts(constantParts);
    else await this.#endSheet();
    this.#sheets++;
    await this.#zip.begin(sheetPart(this.#sheets));
    this.#out.text(sheetHead);
    this.#rows = 1;
    const header = columns.map((column, index) => {
      return `<c r="${letterOf(index)}1" s="${headerStyle}${openInline}${column[this.#language]}${closeInline}`;
    });
    this.#out.text(`<row r="1">${header.join('')}</row>`);
  }

  async #endSheet(): Promise<void> {
    this.#out.text(sheetTail(this.#rows));
    await this.#out.drain();
    await this.#zip.finish();
  }

  async #addParts(parts: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(parts)) await this.#zip.add(name, text);
  }

  #row(row: Row): void {
    const out = this.#out;
    const number = String(++this.#rows);
    out.raw(openRow);
    out.ascii(number);
    out.raw(openCells);
    for (let index = 0; index < columns.length; index++) this.#cell(row[index], index, number);
    out.raw(closeRow);
  }

  #cell(value: Cell, index: number, row: string): void {
    const out = this.#out;
    const cell = cellOf(value, this.#language);
    if (cell === '') return;
    out.raw(openCell[index]!);
    out.ascii(row);
    if (typeof cell === 'number') {
      out.raw(openNumber);
      out.ascii(String(cell));
    } else if (!this.#plainText(cell)) {
      out.text(`${openInline}${escaped(fitting(withoutFormula(cell), this.#language))}${closeInline}`);
      return;
    }
    out.raw(closeValue);
  }

  #plainText(text: string): boolean {
    if (text.length > longestText || !hasPlainEdges(text)) return false;
    return this.#out.plain(openText, text, special);
  }
}

/** The text, or as much of it as Excel takes into a cell and a note. */
function fitting(text: string, language: Language): string {
  if (text.length <= longestText) return text;
  const { cut } = words[language];
  return `${text.slice(0, longestText - cut.length).replace(/[\uD800-\uDBFF]$/, '')}${cut}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The text as XML, with Excel's own escapes for characters that XML does not have or does not keep (ECMA-376 part 1, 22.9.2.19). */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (character) => entities[character]!)
    .replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, (character) => {
      return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
    });
}

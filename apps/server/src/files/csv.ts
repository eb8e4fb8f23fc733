import type { Language } from '@connection-records/types';
import { ByteBuffer, specialCharacters } from './byte-buffer.ts';
import { type Cell, cellOf, columns, type Row } from './columns.ts';
import { hasPlainEdges, withoutFormula } from './formula.ts';
import type { RowEncoder, Sink } from './row-encoder.ts';

// Without a byte order mark, Excel reads the file in the code page of the machine, and shows 李四 as 鏉庡洓. The client strips it or takes
// it for a sign of text.
const byteOrderMark = '\uFEFF';

const special = specialCharacters('",;');
const comma = Buffer.from(',');
const nothing = Buffer.alloc(0);
// RFC 4180 ends lines with CRLF, and Excel writes them so.
const endOfLine = Buffer.from('\r\n');

/** The byte order mark and the first line. */
export const headerOf = (language: Language): Buffer =>
  Buffer.from(`${byteOrderMark}${columns.map((column) => quoted(column[language])).join(',')}\r\n`);

/** Makes a CSV file of RFC 4180 in UTF-8. */
export class CsvEncoder implements RowEncoder {
  readonly #out: ByteBuffer;
  readonly #language: Language;

  constructor(sink: Sink, language: Language) {
    this.#out = new ByteBuffer(sink);
    this.#language = language;
    this.#out.raw(headerOf(language));
  }

  async writeRows(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.#line(row);
      if (this.#out.full) await this.#out.send();
    }
  }

  finish(): Promise<void> {
    return this.#out.drain();
  }

  #line(row: Row): void {
    for (let index = 0; index < columns.length; index++) {
      if (index > 0) this.#out.raw(comma);
      this.#cell(row[index]);
    }
    this.#out.raw(endOfLine);
  }

  #cell(value: Cell): void {
    const cell = cellOf(value, this.#language);
    if (cell === '') return;
    if (typeof cell === 'number') this.#out.ascii(String(cell));
    else if (!(hasPlainEdges(cell) && this.#out.plain(nothing, cell, special))) this.#out.text(quoted(cell));
  }
}

/** The text in quotes, if it needs them, and without a formula. The semicolon and the tab need none here, but where they separate. */
export function quoted(text: string): string {
  const safe = withoutFormula(text);
  return safe !== text || /[",;\t\r\n]|^ | $/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import type { Language } from '@connection-records/types';
import { cellOf, columns } from './columns.ts';
import { headerOf, quoted } from './csv.ts';

/** What a byte means: a part of a text, perhaps one that needs quotes; the end of a cell; the end of a row. */
const [PLAIN, SPECIAL, TAB, END] = [0, 1, 2, 3];
const meaning = new Uint8Array(256).fill(SPECIAL, 0, 0x20);
meaning[9] = TAB;
meaning[10] = END;
for (const special of '",;\\') meaning[special.charCodeAt(0)] = SPECIAL;

/** How a formula or a text that needs quotes may begin; 0xEF is where the wide forms of = + - @ begin in UTF-8. */
const special = new Uint8Array(256);
for (const first of '=+-@ ') special[first.charCodeAt(0)] = 1;
special[0xef] = 1;

const [SPACE, COMMA, RETURN] = [0x20, 0x2c, 0x0d];
/** Numbers stand as they are. */
const numbers = columns.map(({ field }) => field === 'e2e_rtt');

/**
 * Makes a CSV file from the text of PostgreSQL's COPY, with the columns of the file and nothing for NULL: the same file as the
 * {@link CsvEncoder} makes of the rows. Most bytes are only copied, which takes a third of the time. What is given out is overwritten by the next.
 *
 * @param unescaped Gives back the text that COPY has escaped.
 * @param counted Is told how many rows there are, as they come.
 */
export async function* csvOfCopy(
  pieces: AsyncIterable<Buffer>,
  language: Language,
  unescaped: (text: string) => string,
  counted = { rows: 0 },
): AsyncGenerator<Uint8Array, void> {
  yield headerOf(language);
  let out: Buffer = Buffer.alloc(0);
  let rest: Buffer = Buffer.alloc(0);
  const cell = (bytes: Buffer) => quoted(String(cellOf(unescaped(bytes.toString()), language)));
  for await (const piece of pieces) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const end = bytes.lastIndexOf(10) + 1;
    // Quotes and apostrophes at most triple a text, and each row ends with a byte more.
    if (out.length < 3 * bytes.length) out = Buffer.allocUnsafe(3 * bytes.length);
    yield out.subarray(0, convert(bytes, end, out, cell, counted));
    rest = bytes.subarray(end);
  }
}

/** Converts whole rows, and gives back where what was written ends. */
function convert(
  bytes: Buffer,
  end: number,
  out: Buffer,
  cell: (bytes: Buffer) => string,
  counted: { rows: number },
): number {
  let [start, to, began, column] = [0, 0, 0, 0];
  let odd = false;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at]!;
    const means = meaning[byte]!;
    if (means <= SPECIAL) {
      out[to++] = byte;
      if (means !== PLAIN) odd = true;
      continue;
    }
    if (odd || (at > start && (special[bytes[start]!] === 1 || bytes[at - 1] === SPACE)))
      if (!numbers[column]) to = began + out.write(cell(bytes.subarray(start, at)), began);
    if (means === TAB) out[to++] = COMMA;
    else {
      out[to++] = RETURN;
      out[to++] = byte;
      counted.rows++;
    }
    column = means === TAB ? column + 1 : 0;
    start = at + 1;
    began = to;
    odd = false;
  }
  return to;
}

import { ReadError } from './error.ts';
import type { Row } from './records.ts';
import type { ByteSource } from './source.ts';

/** More than this without an end of a row is no row. */
const longestRow = 16 * 1024 * 1024;

/** The rows of comma-separated text (RFC 4180). Where the first line has no comma, a semicolon or a tab separates. */
export async function* rowsOfCsv(source: ByteSource, encoding?: string): AsyncGenerator<Row> {
  let field: RegExp | undefined;
  let text = '';
  for await (const piece of decoded(source, encoding)) {
    text += piece.text;
    field ??= fieldOf(text);
    const { rows, used } = rowsIn(text, field, piece.isLast);
    yield* rows;
    text = text.slice(used);
    if (text.length > longestRow)
      throw new ReadError('The text has a row of more than 16 MB. Is a quote missing?');
  }
}

/** A field and what ends it. */
function fieldOf(text: string): RegExp {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const separator = [',', ';', '\t'].find((character) => line.includes(character)) ?? ',';
  const plain = `[^${separator}\\r\\n]*`;
  // What follows a closing quote belongs there, too, though it should not be; a quote that is never closed does not.
  return new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"(?!")(${plain})|(${plain}))(${separator}|\\r\\n|\\n|\\r|$)`,
    'y',
  );
}

/** The rows that are complete, and how much of the text they take. */
function rowsIn(text: string, field: RegExp, isLast: boolean): { rows: Row[]; used: number } {
  const rows: Row[] = [];
  let row: string[] = [];
  let used = 0;
  field.lastIndex = 0;
  while (field.lastIndex < text.length || row.length > 0) {
    const found = field.exec(text);
    if (!found) break;
    const [, quoted, behind = '', plain = '', end = ''] = found;
    // At the end of what is there, a field, and the end of a line of two characters, may go on.
    if (!isLast && ((field.lastIndex === text.length && end !== '\n') || plain.startsWith('"'))) break;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + behind);
    if (end !== '' && !/[\r\n]/.test(end)) continue;
    rows.push(row);
    row = [];
    used = field.lastIndex;
  }
  return { rows, used };
}

/** The text, piece by piece. The last one may be empty. */
async function* decoded(source: ByteSource, encoding?: string) {
  const [first, second] = await source.peek(2);
  const guess = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  const decoder = new TextDecoder(encoding ?? guess, { fatal: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (cause) {
      const advice = encoding ? '' : ", as { encoding: 'gb18030' }";
      throw new ReadError(`The text is not in ${decoder.encoding}. Give its encoding${advice}.`, { cause });
    }
  };
  for await (const bytes of source.rest()) yield { text: decode(bytes), isLast: false };
  yield { text: decode(), isLast: true };
}

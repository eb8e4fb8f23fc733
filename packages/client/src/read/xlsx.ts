import { ReadError } from './error.ts';
import type { Row } from './records.ts';
import { ByteSource } from './source.ts';
import { type Entry, entriesOf } from './unzip.ts';

const isSheet = /^\/?xl\/worksheets\/[^/]+\.xml$/i;
const isStrings = /^\/?xl\/sharedStrings\.xml$/i;
/** More than this without an end of a row is no row. */
const longestRow = 16 * 1024 * 1024;

/** The rows of each sheet of a workbook, in the order in which they are stored. */
export async function* rowsOfXlsx(
  source: ByteSource,
  again: (() => AsyncIterable<Uint8Array>) | undefined,
): AsyncGenerator<AsyncIterable<Row>> {
  let strings: string[] | undefined;
  let sheets = 0;
  const stringAt = async (index: number) => {
    strings ??= again && (await findStrings(new ByteSource(again())));
    const text = strings?.[index];
    if (text !== undefined) return text;
    throw new ReadError(
      strings
        ? `The workbook has no shared text ${index}. Is it damaged?`
        : 'The texts of the workbook come after its sheets, so it cannot be read from a stream. Give a Blob, in Node `await fs.openAsBlob(path)`.',
    );
  };
  for await (const entry of entriesOf(source)) {
    if (isStrings.test(entry.name)) strings = await readStrings(entry);
    if (!isSheet.test(entry.name)) continue;
    sheets++;
    yield rowsOfSheet(entry, stringAt);
  }
  if (sheets === 0) throw new ReadError('This archive is no workbook: it has no sheet.');
}

async function findStrings(source: ByteSource): Promise<string[] | undefined> {
  try {
    for await (const entry of entriesOf(source))
      if (isStrings.test(entry.name)) return await readStrings(entry);
    return undefined;
  } finally {
    await source.close();
  }
}

async function readStrings(entry: Entry): Promise<string[]> {
  const strings: string[] = [];
  for await (const item of elements(entry, 'si')) strings.push(textOf(item));
  return strings;
}

async function* rowsOfSheet(entry: Entry, stringAt: (index: number) => Promise<string>): AsyncGenerator<Row> {
  for await (const element of elements(entry, 'row')) {
    const row: string[] = [];
    let column = -1;
    for (const [, attributes = '', content = ''] of element.matchAll(cell)) {
      const place = /\br="([A-Z]+)/.exec(attributes)?.[1];
      column = place ? columnOf(place) : column + 1;
      const type = /\bt="(\w+)"/.exec(attributes)?.[1];
      if (type === 'e' || content === '') continue;
      const value = type === 'inlineStr' ? textOf(content) : unescaped(inside.exec(content)?.[1] ?? '');
      row[column] = type === 's' ? await stringAt(Number(value)) : value;
    }
    yield row;
  }
}

// A prefix is rare, but an XML writer is free to use one.
const cell = /<(?:\w+:)?c\b((?:[^>"]|"[^"]*")*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
const inside = /<(?:\w+:)?v\b[^>]*>([\s\S]*?)<\/(?:\w+:)?v>/;

/** The column of a place such as `AB`, counted from 0. */
const columnOf = (letters: string) => {
  let column = 0;
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
};

/** What stands in each element of a name. Those that are empty are left out. */
async function* elements({ data }: Entry, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const element = new RegExp(
    `<(?:\\w+:)?${name}(?:\\s(?:[^>"]|"[^"]*")*?)?(?:/>|>([\\s\\S]*?)</(?:\\w+:)?${name}>)`,
    'g',
  );
  const opening = new RegExp(`<(?:\\w+:)?${name}[\\s/>]`);
  let text = '';
  for await (const bytes of data()) {
    text += decoder.decode(bytes, { stream: true });
    let used = 0;
    element.lastIndex = 0;
    for (let found = element.exec(text); found; found = element.exec(text)) {
      used = element.lastIndex;
      if (found[1]) yield found[1];
    }
    const rest = text.slice(used);
    // What is no such element need not be kept, but for the beginning of one that is cut in two.
    const next = rest.search(opening);
    text = next < 0 ? rest.slice(-64) : rest.slice(next);
    if (text.length > longestRow) throw new ReadError(`The workbook has a ${name} of more than 16 MB.`);
  }
}

/** The text of runs, without how they are to be read aloud. */
const textOf = (xml: string) => {
  let text = '';
  const runs = xml.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '');
  for (const [, run = ''] of runs.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g)) text += run;
  return unescaped(text);
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of XML, with Excel's own escapes for characters that XML does not have (ECMA-376 part 1, 22.9.2.19). */
const unescaped = (xml: string) =>
  xml
    .replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
      name
        ? (entities[name] ?? whole)
        : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
    )
    .replace(/_x([\da-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

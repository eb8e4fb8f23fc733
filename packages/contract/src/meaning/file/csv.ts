/** Reads comma-separated text as RFC 4180 has it, and notices where it is none. */

/** Lines of cells, and what is wrong with the text. */
export interface CsvText {
  lines: string[][];
  problems: string[];
}

/** Reads the text. It goes on after a problem, so that all of them are told. */
export function readCsv(bytes: Uint8Array): CsvText {
  const problems: string[] = [];
  let text: string;
  try {
    // A byte order mark is not content; the decoder takes it off.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { lines: [], problems: ['The text is not UTF-8.'] };
  }
  const lines: string[][] = [];
  const ends = new Set<string>();
  const complain = (what: string) => problems.push(`Line ${lines.length + 1}: ${what}`);
  // A cell, in quotes or without, and what ends it.
  const cell = /"([^"]*(?:""[^"]*)*)"([^,\r\n]*)(,|\r\n|\r|\n|$)|([^,\r\n]*)(,|\r\n|\r|\n|$)/y;
  let line: string[] = [];
  while (cell.lastIndex < text.length || line.length > 0) {
    const at = cell.lastIndex;
    const [whole, quoted, stray, endOfQuoted, plain = '', endOfPlain] = cell.exec(text) ?? [];
    if (whole === undefined) break;
    if (stray)
      complain(`after a quote that ends a cell comes ${shown(stray)}; a quote within one is doubled`);
    if (plain.startsWith('"')) complain('a quote that begins a cell is never closed');
    else if (plain.includes('"')) complain(`a quote stands in a cell without quotes: ${shown(plain)}`);
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + stray);
    const end = endOfQuoted ?? endOfPlain;
    if (end === ',') continue;
    if (end) ends.add(end);
    checkWidth(line, lines[0], complain);
    lines.push(line);
    line = [];
    if (cell.lastIndex === at) break;
  }
  if (ends.size > 1) problems.push(`Lines end in ${ends.size} ways: ${[...ends].map(shown).join(', ')}.`);
  return { lines, problems };
}

function checkWidth(
  line: readonly string[],
  header: readonly string[] | undefined,
  complain: (what: string) => void,
) {
  if (header && line.length !== header.length) {
    complain(`${line.length} cells under ${header.length} headers: ${shown(line.join(','))}`);
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

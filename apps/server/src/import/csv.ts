import { parse } from 'csv-parse/sync';
import { type Column, kinds } from '../store/columns.ts';
import { nameProblem, shown } from './check.ts';
import { type Entry, type Line, type LineReader, LONGEST, lineProblem } from './entry.ts';

/** Reads CSV whose first row has the names of the fields. */
export function csvReader(): LineReader {
  const cut = rowCutter();
  let names: string[] | undefined;
  let refused = false;

  /** Without the names of its cells no row can be read: a wrong header is the end of it. */
  function readHeader(row: Line): Entry[] {
    const { cells, problem = headerProblem(cells!) } = cellsOf(row);
    refused = problem !== undefined;
    names = cells;
    return problem === undefined ? [] : [{ line: row.line, problem }];
  }

  function readRows(rows: Line[]): Entry[] {
    if (refused || rows.length === 0) return [];
    if (!names) return [...readHeader(rows[0]!), ...readRows(rows.slice(1))];
    const all = cellsOfAll(rows);
    return rows.map((row, index) => csvEntry(row, names!, all ? { cells: all[index]! } : cellsOf(row)));
  }

  return { read: (lines) => readRows(cut.rows(lines)), rest: () => readRows(cut.rest()) };
}

/**
 * Puts lines together to rows, each with the line where it begins: a quote that is open at the end of a line goes on in the next one.
 * Done here, and not by the parser, because after a stray quote that loses all that follows.
 */
function rowCutter() {
  let open: Line | undefined;

  function rowAt({ line, content }: Line): Line[] {
    const row = open ? { line: open.line, content: joined(open.content, content) } : { line, content };
    const goesOn = (open !== undefined) !== hasOddQuotes(content) && row.content !== undefined;
    open = goesOn ? row : undefined;
    return goesOn || row.content?.trim() === '' ? [] : [row];
  }

  return {
    rows: (lines: Line[]): Line[] => lines.flatMap(rowAt),
    rest: (): Line[] => (open ? [open] : []),
  };
}

function joined(start: string | undefined, end: string | undefined): string | undefined {
  if (start === undefined || end === undefined || start.length + end.length > LONGEST) return undefined;
  return `${start}\n${end}`;
}

function hasOddQuotes(content: string | undefined): boolean {
  return content?.includes('"') === true && content.split('"').length % 2 === 0;
}

function withoutReturn(content: string): string {
  return content.endsWith('\r') ? content.slice(0, -1) : content;
}

function parsed(text: string): string[][] {
  return parse(text, { relax_column_count: true, record_delimiter: '\n' });
}

/** The cells of many rows at once, which is several times as fast; nothing if there is anything wrong with one of them. */
function cellsOfAll(rows: Line[]): string[][] | undefined {
  if (rows.some(({ content }) => lineProblem(content) !== undefined)) return undefined;
  try {
    const all = parsed(rows.map(({ content }) => withoutReturn(content!)).join('\n'));
    return all.length === rows.length ? all : undefined;
  } catch {
    return undefined;
  }
}

function cellsOf({ content }: Line): { cells?: string[]; problem?: string } {
  const problem = lineProblem(content);
  if (problem !== undefined) return { problem };
  const row = withoutReturn(content!);
  try {
    return { cells: parsed(row)[0]! };
  } catch (error) {
    return { problem: `${shown(row)} is not CSV: ${(error as Error).message}` };
  }
}

function headerProblem(names: string[]): string | undefined {
  const unknown = names.map(nameProblem).find((problem) => problem !== undefined);
  if (unknown !== undefined) return `the header is wrong, and nothing was read: ${unknown}`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice && `the header is wrong, and nothing was read: it has ${twice} twice`;
}

function csvEntry(
  { line }: Line,
  names: string[],
  { cells, problem }: { cells?: string[]; problem?: string },
): Entry {
  if (!cells) return { line, problem };
  if (cells.length !== names.length) {
    return {
      line,
      problem: `cells: ${cells.length}; needed is one for each of the ${names.length} names of the header`,
    };
  }
  const value: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index]!;
    // CSV cannot tell an empty text from none.
    if (cell !== '') value[name] = typed(name as Column, cell);
  }
  return { line, value };
}

/** The value of a cell. What is not of its kind stays a text, and the check then says so. */
function typed(name: Column, cell: string): unknown {
  const kind = kinds[name];
  if (kind === 'integer' && /^-?\d+$/.test(cell)) return Number(cell);
  if (kind === 'boolean' && /^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true';
  return cell;
}

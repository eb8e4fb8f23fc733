/** An exported file as a table, whatever its format: that is told by its first bytes, never by its name. */
import { readCsv } from './csv.ts';
import { readXlsx } from './xlsx.ts';

export type Cell = string | number;

export interface Table {
  format: 'csv' | 'xlsx';
  header: readonly Cell[];
  rows: readonly (readonly Cell[])[];
  /** Where a spreadsheet program would calculate instead of show. */
  formulas: readonly string[];
  /** Why this is no file of its format. */
  problems: readonly string[];
}

/** Whether the bytes begin as a workbook does. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** Reads the file. */
export function readTable(bytes: Uint8Array): Table {
  if (isWorkbook(bytes)) {
    const { sheets, formulas, problems } = readXlsx(bytes);
    const [[header = [], ...rows] = [], ...others] = sheets;
    // A sheet that goes on where the one before was full has the header again.
    const more = others.flatMap(([first = [], ...rest]) =>
      String(first) === String(header) ? rest : [first, ...rest],
    );
    return { format: 'xlsx', header, rows: padded([...rows, ...more], header.length), formulas, problems };
  }
  const { lines, problems } = readCsv(bytes);
  const [header = [], ...rows] = lines;
  const formulas = rows.flatMap((row) => row.filter(isFormula));
  return { format: 'csv', header, rows, formulas, problems };
}

/**
 * Whether a program that opens the text would take the cell for a formula, as OWASP lists what begins one: the wide forms of the signs
 * are those of Chinese and Japanese input. A number may have a sign.
 */
function isFormula(cell: string): boolean {
  return /^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell);
}

/** A workbook leaves out cells that are empty, at the end of a row as well. */
function padded(rows: readonly Cell[][], width: number): Cell[][] {
  return rows.map((row) =>
    row.length < width ? [...row, ...Array<Cell>(width - row.length).fill('')] : row,
  );
}

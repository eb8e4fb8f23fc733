/** Which record each row of a file is, found by what it shows, so that a wrong column is told from a wrong row. */
import { type Column, headerOf, meaningIn, meaningOf } from './file/columns.ts';
import type { Cell, Table } from './file/table.ts';
import { type Row, tally } from './rows.ts';

/** A column of a table and where it stands. */
export interface Placed {
  column: Column;
  index: number;
}

/** A cell that does not show its record. */
export interface Wrong {
  row: Row;
  came: Cell;
}

/** What the rows of a file are. */
export interface Reading {
  columns: readonly Placed[];
  /** The records of a row that shows this: several, if they look the same in the file. */
  owners: ReadonlyMap<string, readonly Row[]>;
  /** Records that the file does not have. */
  lost: readonly Row[];
  /** Rows beyond one for each record. */
  repeated: readonly (readonly Cell[])[];
  /** Rows that are none of the records. */
  unknown: readonly (readonly Cell[])[];
  /** Cells that do not show their record, by field. */
  wrong: ReadonlyMap<string, readonly Wrong[]>;
}

/** The columns of a table whose headers are known, the first of each. */
export function placed({ header }: Table): Placed[] {
  const found = header.flatMap((cell, index) => {
    const column = headerOf(cell)?.column;
    return column ? [{ column, index }] : [];
  });
  return found.filter(({ column }, index) => found.findIndex((one) => one.column === column) === index);
}

/** What a row of the file shows, as one text. */
export function shownBy(columns: readonly Placed[], cells: readonly Cell[]): string {
  return JSON.stringify(columns.map(({ column, index }) => meaningOf(column, cells[index] ?? '')));
}

/** Reads a file that should have these records. */
export function readRows(table: Table, records: readonly Row[]): Reading {
  const columns = placed(table).filter((one) => isComparable(one, table, records));
  const expected = new Map<string, Row[]>();
  for (const row of records) {
    const key = JSON.stringify(columns.map(({ column }) => meaningIn(column, row)));
    expected.set(key, [...(expected.get(key) ?? []), row]);
  }
  const counts = tally(table.rows.map((cells) => shownBy(columns, cells)));
  const owners = new Map<string, readonly Row[]>();
  const missing: Row[] = [];
  for (const [key, rows] of expected) {
    const count = counts.get(key) ?? 0;
    if (count > 0) owners.set(key, rows);
    missing.push(...rows.slice(count));
  }
  const seen = new Map<string, number>();
  const repeated: (readonly Cell[])[] = [];
  const strange: (readonly Cell[])[] = [];
  for (const cells of table.rows) {
    const key = shownBy(columns, cells);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const rows = expected.get(key);
    if (!rows) strange.push(cells);
    else if (nth > rows.length) repeated.push(cells);
  }
  return { columns, repeated, ...matchUp(columns, missing, strange, owners) };
}

/** Finds for each strange row the missing record that it resembles most, and so the columns that are wrong. */
function matchUp(
  columns: readonly Placed[],
  missing: readonly Row[],
  strange: readonly (readonly Cell[])[],
  owners: Map<string, readonly Row[]>,
) {
  const left = new Set(missing);
  const index = candidates(columns, missing);
  const unknown: (readonly Cell[])[] = [];
  const wrong = new Map<string, Wrong[]>();
  for (const cells of strange) {
    const shown = columns.map((one) => meaningOf(one.column, cells[one.index] ?? ''));
    const near = new Set(shown.flatMap((value, at) => index[at]?.get(value) ?? []));
    const differing = (row: Row) => columns.filter(({ column }, at) => meaningIn(column, row) !== shown[at]);
    const best = [...near]
      .filter((row) => left.has(row))
      .map((row) => ({ row, differs: differing(row) }))
      .sort((a, b) => a.differs.length - b.differs.length)[0];
    if (!best || best.differs.length > columns.length / 2) {
      unknown.push(cells);
      continue;
    }
    left.delete(best.row);
    const key = JSON.stringify(shown);
    owners.set(key, [...(owners.get(key) ?? []), best.row]);
    for (const { column, index } of best.differs) {
      const cell = { row: best.row, came: cells[index] ?? '' };
      wrong.set(column.field, [...(wrong.get(column.field) ?? []), cell]);
    }
  }
  return { owners, lost: [...left], unknown, wrong };
}

/** A value that more records have than this says little about which one it is. */
const RARE = 60;

function candidates(columns: readonly Placed[], rows: readonly Row[]): Map<string, Row[]>[] {
  return columns.map(({ column }) => {
    const index = new Map<string, Row[]>();
    for (const row of rows) {
      const value = meaningIn(column, row);
      const known = index.get(value);
      if (known) known.push(row);
      else index.set(value, [row]);
    }
    for (const [value, found] of index) if (found.length > RARE) index.delete(value);
    return index;
  });
}

/** A column of projects may show their names, which the list does not have. */
function isComparable({ column, index }: Placed, table: Table, records: readonly Row[]): boolean {
  if (column.kind !== 'project') return true;
  const ids = new Set(records.map((row) => meaningIn(column, row)));
  return (
    table.rows.length === 0 || table.rows.some((cells) => ids.has(meaningOf(column, cells[index] ?? '')))
  );
}

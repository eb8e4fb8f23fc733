import { expect, it } from 'vitest';
import { COLUMNS } from './file/columns.ts';
import type { Cell, Table } from './file/table.ts';
import type { Row } from './rows.ts';
import { readRows } from './rows-of-file.ts';

const records: Row[] = Array.from({ length: 20 }, (_, index) => ({
  transaction_id: `t${index}`,
  user_name: `user${index % 5}@corp.example`,
  computer_name: `DESK-${index % 5}`,
  terminal_type: 'Windows 10',
  connection_start_time: `2026-02-03T01:${10 + index}:00Z`,
  connection_setup_time: `2026-02-03T01:${10 + index}:02Z`,
  ...(index % 7 === 0 ? {} : { e2e_rtt: 20 + index }),
  is_reconnect: index % 3 === 0,
}));
const cellOf = (value: unknown): Cell =>
  typeof value === 'boolean' ? (value ? 'Yes' : 'No') : ((value as Cell | undefined) ?? '');
const rows = records.map((row) => COLUMNS.map(({ field }) => cellOf(row[field])));
const read = (changed: readonly (readonly Cell[])[]) => {
  const header = COLUMNS.map((column) => column.en_US[0] ?? '');
  const table: Table = { format: 'csv', header, rows: changed, formulas: [], problems: [] };
  const { lost, repeated, unknown, wrong } = readRows(table, records);
  return {
    lost: lost.map((row) => row.transaction_id),
    repeated: repeated.length,
    unknown: unknown.length,
    wrong: [...wrong].map(([field, cells]) => `${field} ${cells.length}`),
  };
};
const change = (field: string, to: (cell: Cell) => Cell) => {
  const at = COLUMNS.findIndex((column) => column.field === field);
  return rows.map((cells) => cells.map((cell, index) => (index === at ? to(cell) : cell)));
};
const right = { lost: [], repeated: 0, unknown: 0, wrong: [] };

it('a file with every record in any order is right', () => {
  expect(read(rows.toReversed())).toEqual(right);
});

it('a record that is lost, and one that is repeated, are told from wrong cells', () => {
  expect(read(rows.slice(0, -1))).toEqual({ ...right, lost: ['t19'] });
  expect(read([...rows, ...rows.slice(3, 4)])).toEqual({ ...right, repeated: 1 });
  expect(read([...rows.slice(0, -1), ...rows.slice(3, 4)])).toEqual({ ...right, lost: ['t19'], repeated: 1 });
});

it('a column that is wrong throughout is named, and no row is called lost for it', () => {
  const shifted = change('connection_start_time', (cell) => String(cell).replace('T01', 'T09'));
  expect(read(shifted)).toEqual({ ...right, wrong: ['connection_start_time 20'] });
  expect(read(change('e2e_rtt', (cell) => (cell === '' ? 0 : cell)))).toEqual({
    ...right,
    wrong: ['e2e_rtt 3'],
  });
});

it('a row of something else is unknown', () => {
  expect(read([...rows, COLUMNS.map(() => 'other')])).toEqual({ ...right, unknown: 1 });
});

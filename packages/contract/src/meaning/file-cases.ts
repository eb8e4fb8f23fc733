/** Cases of the exported file: its form, its columns, its words, and its rows against those of the list. */
import type { Case } from '../cases/case.ts';
import { type Basis, basisOfStatus } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import { baseOf, baseQuery, startPlanned } from './export-cases.ts';
import { DOWNLOAD, exportOf, tableOf } from './exports.ts';
import { COLUMNS, headerOf, type Language } from './file/columns.ts';
import type { Cell, Table } from './file/table.ts';
import { EXACT, parts } from './filters.ts';
import { needPages } from './paging.ts';
import { records, show } from './rows.ts';
import { placed, type Reading } from './rows-of-file.ts';
import { settle, snapshotOf } from './snapshot.ts';

const COLUMNS_BASIS: Basis = basisOfStatus(DOWNLOAD, 200);
/** Of what a file has in it. */
export const FILE_BASIS: Basis = {
  kind: 'inferred',
  why: 'The vendor documents neither columns nor format of the file; these are those of its console and of the list, as the examples of the contract show.',
};

/** The columns in groups that have a rule each. */
const GROUPS = [
  ['text', 'texts stand in the file as in the list', 'A text of the file is that of the record.'],
  [
    'time',
    'times stand in the file as in the list, in UTC',
    'A time of the file is that of the record, in UTC and to the second.',
  ],
  [
    'latency',
    'latencies stand in the file as in the list, empty where none was measured',
    'A latency of the file is the e2e_rtt of the record; one that was not measured is empty, not 0.',
  ],
  [
    'answer',
    'the file says yes or no where the list says true or false',
    'The word for yes or no is that of is_reconnect.',
  ],
  [
    'project',
    'the enterprise project stands in the file as in the list',
    'The enterprise project of the file is the enterprise_project_id of the record.',
  ],
] as const;

/** The cases of the file. */
export function fileCases(): Case[] {
  return [
    one('the file is well formed, as its first bytes say', COLUMNS_BASIS, wellFormed),
    one('no cell of the file is a formula', safety(), noFormula),
    one('the header row names the columns, each once', FILE_BASIS, headers),
    one('a file without a record has the header row all the same', FILE_BASIS, emptyFile),
    one(
      'the rows of the file are the records of listConnectionRecords for the same window',
      FILE_BASIS,
      sameRows,
    ),
    ...GROUPS.map(([kind, title, rule]) => one(title, FILE_BASIS, (trial) => sameCells(trial, kind, rule))),
    one('times in the file are written to the second, with the Z of UTC', FILE_BASIS, timesWritten),
  ];
}

function one(title: string, basis: Basis, run: Case['run']): Case {
  return { operation: DOWNLOAD, status: 200, title, basis, needs: ['rows', 'start'], run };
}

function safety(): Basis {
  return {
    kind: 'inferred',
    why: 'User and terminal names are chosen by others than the reader of the file: see CSV injection, https://owasp.org/www-community/attacks/CSV_Injection.',
  };
}

/** The file of the export without filters, in a language, whatever its form. */
async function fileIn(trial: Trial, language: Language | undefined): Promise<Table> {
  await startPlanned(trial);
  const query = baseQuery(await snapshotOf(trial.world), language);
  const { table } = await exportOf(trial, query);
  return table ?? (await tableOf(trial, query));
}

async function wellFormed(trial: Trial): Promise<void> {
  for (const language of ['en_US', 'zh_CN'] as const) {
    const { problems, format, header } = await fileIn(trial, language);
    trial.demand(problems.length === 0 && header.length > 0, {
      rule:
        format === 'csv'
          ? 'Comma-separated text is as RFC 4180 has it.'
          : 'A workbook is as ECMA-376 has it.',
      expected: 'a file that every program reads in the same way',
      came: problems.slice(0, 3).join(' ') || 'a file without a header row',
    });
  }
}

async function noFormula(trial: Trial): Promise<void> {
  for (const language of ['en_US', 'zh_CN'] as const) {
    const { formulas, format } = await fileIn(trial, language);
    trial.demand(formulas.length === 0, {
      rule: 'No cell of the file is one that a spreadsheet calculates instead of showing it.',
      expected:
        format === 'csv'
          ? 'no cell that begins with = + - @, one of their wide forms ＝ ＋ － ＠, or a tab, as by an apostrophe before it'
          : 'no <f>',
      came: `${formulas.length}, such as ${JSON.stringify(formulas[0])}`,
    });
  }
}

async function headers(trial: Trial): Promise<void> {
  const { header } = await tableAsked(trial, 'en_US');
  const named = header.map((cell) => headerOf(cell)?.column);
  const missing = COLUMNS.filter((column) => !named.includes(column));
  const unknown = header.filter((_, index) => !named[index]);
  const twice = header.filter((cell, index) => header.indexOf(cell) !== index);
  trial.demand(missing.length + twice.length === 0, {
    rule: 'The header row has a name for each column of the contract’s example of a file.',
    expected: missing.map((column) => column.en_US[0]).join(', ') || 'each header once',
    came: `missing these; unknown: ${unknown.join(', ') || 'none'}; twice: ${twice.join(', ') || 'none'}`,
  });
}

async function emptyFile(trial: Trial): Promise<void> {
  const whole = await tableAsked(trial, 'en_US');
  const snapshot = await snapshotOf(trial.world);
  // Started with the others already: it is the one that must find nothing, for a server that takes names as a whole.
  const [part] = EXACT.slice(0, 1).flatMap((filter) => parts(filter, snapshot.rows));
  if (!part || snapshot.rows.some((row) => part.matches(row)))
    throw new Skip('no filter is known to find nothing');
  const { table, task } = await exportOf(trial, { ...baseQuery(snapshot, 'en_US'), ...part.query });
  if (!table || table.rows.length > 0) {
    throw new Skip(
      `an export of nothing ended as ${task.status}, or has rows; what it does is not documented`,
    );
  }
  trial.demand(table.problems.length === 0 && String(table.header) === String(whole.header), {
    rule: 'A file without a record is a file, with the header row of any other.',
    expected: whole.header.slice(0, 3).join(', '),
    came: table.problems[0] ?? (table.header.join(', ') || 'no header row'),
  });
}

async function sameRows(trial: Trial): Promise<void> {
  const snapshot = await snapshotOf(trial.world);
  trial.exchanges.push(snapshot.exchange);
  const { lost, repeated, unknown, owners } = await baseOf(trial);
  if (lost.length + repeated.length + unknown.length === 0) return;
  if (owners.size === 0) await headers(trial);
  await needPages(trial.world);
  if (snapshot.total !== snapshot.rows.length)
    throw new Skip('total_count is not what the pages have; see its case');
  await settle(trial.world);
  const cells = (rows: readonly (readonly Cell[])[]) => JSON.stringify(rows[0]?.slice(0, 8));
  trial.demand(false, {
    rule: 'The rows of the file are the records that listConnectionRecords gives for the same window: none lost, none repeated, none more.',
    expected: `${records(snapshot.rows.length)}, each once`,
    came: [
      ...(lost.length > 0 ? [`${lost.length} lost: ${show(lost, 'connection_start_time')}`] : []),
      ...(repeated.length > 0 ? [`${repeated.length} repeated, such as ${cells(repeated)}`] : []),
      ...(unknown.length > 0
        ? [`${unknown.length} that the list does not have, such as ${cells(unknown)}`]
        : []),
    ].join('; '),
  });
}

async function sameCells(trial: Trial, kind: (typeof GROUPS)[number][0], rule: string): Promise<void> {
  const { wrong, columns } = await needRows(trial);
  const own = columns.filter(({ column }) => column.kind === kind);
  if (own.length === 0) throw new Skip('the file has no such column that the list has, too');
  const found = own.flatMap(({ column }) => {
    const cells = wrong.get(column.field) ?? [];
    return cells.length > 0 ? [{ column, cells }] : [];
  });
  if (found.length === 0) return;
  await settle(trial.world);
  const [first] = found;
  const row = first?.cells[0]?.row ?? {};
  const field = first?.column.field ?? '';
  trial.demand(false, {
    rule: `${rule} Wrong: ${found.map(({ column, cells }) => `${column.en_US[0]} (${column.field}) in ${cells.length} rows`).join(', ')}.`,
    expected: show([row], field),
    came: JSON.stringify(first?.cells[0]?.came),
  });
}

/** The rows of the file; throws `Skip` where none is that of a record, which the case of the rows tells. */
export async function needRows(trial: Trial): Promise<Reading> {
  const reading = await baseOf(trial);
  if (reading.owners.size === 0) throw new Skip('no row of the file is known; see the case of the rows');
  return reading;
}

async function timesWritten(trial: Trial): Promise<void> {
  await needRows(trial);
  const table = await tableAsked(trial, 'en_US');
  const times = placed(table).filter(({ column }) => column.kind === 'time');
  for (const { column, index } of times) {
    // A date of a workbook is a number, which has no way of writing.
    const odd = table.rows.find((cells) => {
      const cell = cells[index] ?? '';
      return typeof cell === 'string' && !/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$/.test(cell);
    });
    trial.demand(!odd, {
      rule: `Times are written as in the list, to the second and with the Z of UTC: ${column.en_US[0]} (${column.field}).`,
      expected: 'such as 2026-02-03T01:02:47Z, or nothing',
      came: JSON.stringify(odd?.[index]),
    });
  }
}

/** The table of the export without filters, in a language; throws `Skip` if it cannot be read. */
export async function tableAsked(trial: Trial, language: Language | undefined): Promise<Table> {
  await startPlanned(trial);
  return tableOf(trial, baseQuery(await snapshotOf(trial.world), language));
}

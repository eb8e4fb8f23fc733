import { expect, it } from 'vitest';
import { operationNamed } from '../../contract.ts';
import { COLUMNS, headerOf, meaningOf } from './columns.ts';
import { readCsv } from './csv.ts';

const examples = [...(operationNamed('downloadExportFile').responses.get(200)?.media ?? [])].flatMap(
  (media) => [...media.examples],
);

it.each([
  ['fileInEnglish', 'en_US'],
  ['fileInChinese', 'zh_CN'],
])('the headers of the contract’s example %s are all known, and in its language', (name, language) => {
  const text = String(examples.find(([key]) => key === name)?.[1]);
  const { lines, problems } = readCsv(new TextEncoder().encode(text));
  expect(problems).toEqual([]);
  expect(lines[0]?.map((header) => headerOf(header)?.column)).toEqual(COLUMNS);
  expect(new Set(lines[0]?.map((header) => headerOf(header)?.language))).toEqual(new Set([language]));
});

const column = (field: string) => {
  const found = COLUMNS.find((one) => one.field === field);
  if (!found) throw new Error(field);
  return found;
};

it.each([
  [
    'connection_start_time',
    '2026-02-03T01:02:47Z',
    [
      '2026-02-03 01:02:47',
      '2026/2/3 1:02:47',
      '2026-02-03T09:02:47+08:00',
      '2026-02-03T01:02:47.000Z',
      46056.04359953704,
    ],
  ],
  ['e2e_rtt', '38', [38, '38.0']],
  ['is_reconnect', 'true', ['Yes', 'TRUE', '是']],
  ['is_reconnect', 'false', ['No', '否']],
  ['enterprise_project_id', '0', ['', '0', 0]],
  ['connection_failure_reason', '=1;-2\n3', ["'=1;'-2\r\n3", ' =1; -2\n3']],
] as const)('a cell of %s means %s however it is written', (field, meaning, cells) => {
  expect(meaningOf(column(field), meaning)).toBe(meaningOf(column(field), cells[0]));
  for (const cell of cells) expect(meaningOf(column(field), cell)).toBe(meaningOf(column(field), meaning));
});

it.each([
  ['connection_start_time', '2026-02-03T01:02:47Z', '2026-02-03T01:02Z'],
  ['connection_start_time', '2026-02-03T01:02:47Z', '2026-02-03 09:02:47'],
  ['e2e_rtt', '', '0'],
  ['is_reconnect', 'false', ''],
  ['user_name', "O'Brien", 'OBrien'],
  ['client_version', '1.10', 1.1],
])('a cell of %s that means %s is told from %s', (field, one, other) => {
  expect(meaningOf(column(field), one)).not.toBe(meaningOf(column(field), other));
});

import { expect, test } from 'vitest';
import { tableOf } from './table.ts';
import { clockTime, countOf, durationInWords, quoted, sizeInWords } from './words.ts';

test('a size is in steps of a thousand, with a digit that matters', () => {
  const sizes = [0, 1, 999, 1000, 1234, 999_499, 999_500, 120_000, 1_234_567, 12_345_678_901];
  expect(sizes.map(sizeInWords)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '1.2 kB',
    '999 kB',
    '1.0 MB',
    '120 kB',
    '1.2 MB',
    '12.3 GB',
  ]);
});

test('a duration has two parts at most', () => {
  expect([0, 5400, 59_600, 125_000, 3_900_000].map(durationInWords)).toEqual([
    '0 s',
    '5 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 5 min',
  ]);
});

test('a duration fits into a column', () => {
  expect([0, 125_000, 36_309_000].map(clockTime)).toEqual(['0:00:00', '0:02:05', '10:05:09']);
});

test('one is not many', () => {
  expect([countOf(1, 'record'), countOf(12_345, 'record')]).toEqual(['1 record', '12,345 records']);
});

test('a word is quoted where a shell would take it for more', () => {
  expect(['week.xlsx', 'my week.xlsx', "it's"].map(quoted)).toEqual([
    'week.xlsx',
    "'my week.xlsx'",
    "'it'\\''s'",
  ]);
});

test('a table counts a Chinese character twice, and cuts lines in a terminal alone', () => {
  const rows = [
    ['张三', 'Windows 10'],
    ['zhang3', 'a\nb'],
  ];
  const terminal = { isTTY: true, columns: 12 } as never;
  expect(tableOf(['USER', 'FROM'], rows, terminal).split('\n')).toEqual([
    'USER    FROM',
    '张三    Win…',
    'zhang3  a b',
  ]);
  expect(tableOf(['USER', 'FROM'], rows, {} as never)).toContain('张三    Windows 10\n');
});

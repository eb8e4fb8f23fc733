import { expect, it } from 'vitest';
import { nameIn } from './disposition.ts';

it.each([
  ['attachment; filename="a b.csv"', 'a b.csv'],
  ['attachment; filename=a.csv', 'a.csv'],
  ['attachment; filename="a\\"b.csv"', 'a"b.csv'],
  ['attachment; filename="_.csv"; filename*=UTF-8\'\'%E8%AE%B0.csv', '记.csv'],
  [`attachment; filename="${Buffer.from('记.csv').toString('latin1')}"`, '记.csv'],
  ['attachment', undefined],
])('the name in %s is %s', (header, name) => {
  expect(nameIn(header).name).toBe(name);
});

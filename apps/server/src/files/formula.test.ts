import { expect, test } from 'vitest';
import { hasPlainEdges, withoutFormula } from './formula.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  ['\r=1', "'\r'=1"],
  ['\n1', "'\n1"],
  ['  =1', "'  =1"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠1', "'＠1"],
  ['a;=1', "a;'=1"],
  ['a\t=1', "a\t'=1"],
  ['a\n@1', "a\n'@1"],
  ['a; -1;b', "a;' -1;b"],
  ['=', "'="],
  ['==', "'=="],
])('%j, which could become a formula, is written as %j', (text, safe) => {
  expect(withoutFormula(text)).toBe(safe);
  expect(hasPlainEdges(text) && !/[;\t\n]/.test(text)).toBe(false);
});

test.each([
  '',
  'a',
  'a=1',
  'a-b',
  'zhang3@corp.example',
  '00-00-5e-00-53-2a',
  'a,-b',
  "'=1",
  '李四',
  '1.8.00005',
])('%j, which cannot become a formula, stays as it is', (text) => {
  expect(withoutFormula(text)).toBe(text);
});

import { expect, test } from 'vitest';
import { limits } from './limits.ts';

test('every limit is one, in both languages', () => {
  for (const { value } of limits)
    for (const text of Object.values(value)) expect(text).not.toMatch(/NaN|undefined|^$/);
});

test('a limit that is documented says where, and one that is unknown cannot', () => {
  const unsourced = limits.filter(({ basis, source }) => basis === 'documented' && !source);
  expect(unsourced.map(({ why }) => why.en)).toEqual(['The SDK for Java, ExportUserConnectionNewRequest']);
  expect(limits.filter(({ basis, source }) => basis === 'unknown' && source)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { disposition, readRange } from './download.ts';

describe('a range', () => {
  const etag = '"abc"';
  test.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=7-', { start: 7, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=5-99', { start: 5, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['rows=0-3', undefined],
    [undefined, undefined],
  ])('%s of ten bytes is %o', (range, part) => {
    expect(readRange(range === undefined ? {} : { range }, etag, 10)).toEqual(part);
  });

  test('of another file is the whole of this one', () => {
    expect(readRange({ range: 'bytes=5-', 'if-range': etag }, etag, 10)).toEqual({ start: 5, end: 9 });
    expect(readRange({ range: 'bytes=5-', 'if-range': '"other"' }, etag, 10)).toBeUndefined();
  });
});

test('a file name is safe in the header, and whole in UTF-8', () => {
  expect(disposition('记录 "1"\r\n.csv')).toBe(
    `attachment; filename="__ _1___.csv"; filename*=UTF-8''%E8%AE%B0%E5%BD%95%20%221%22%0D%0A.csv`,
  );
});

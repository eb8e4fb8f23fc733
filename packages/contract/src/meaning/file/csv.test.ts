import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';

const read = (text: string) => readCsv(new TextEncoder().encode(text));

describe('comma-separated text', () => {
  it.each([
    [
      'a mark of UTF-8 and CRLF',
      '\uFEFFa,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'LF and no end of the last line',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'an empty last cell',
      'a,b\r\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    [
      'separators, quotes and line breaks in quotes',
      'a,b\r\n"1,""x""","2\r\n\n3"\r\n',
      [
        ['a', 'b'],
        ['1,"x"', '2\r\n\n3'],
      ],
    ],
    [
      'empty quotes',
      'a,b\r\n"",""\r\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['nothing', '', []],
  ])('is read with %s', (_, text, lines) => {
    expect(read(text)).toEqual({ lines, problems: [] });
  });

  it.each([
    [
      'a quote within quotes that is not doubled',
      'a,b\r\n"say "yes" twice",2\r\n',
      'a quote within one is doubled',
    ],
    ['a quote in a cell without quotes', 'a,b\r\nsay "yes",2\r\n', 'a cell without quotes: "say \\"yes\\""'],
    ['a quote that is never closed', 'a,b\r\n"1,2\r\n', 'never closed'],
    ['a cell too many', 'a,b\r\n1,2,3\r\n', 'Line 2: 3 cells under 2 headers'],
    ['a line break without quotes', 'a,b\r\n1\n,2\r\n', 'Line 2: 1 cells under 2 headers'],
    ['lines that end in two ways', 'a,b\r\n1,2\n', 'Lines end in 2 ways'],
    ['an empty line', 'a,b\r\n\r\n1,2\r\n', 'Line 2: 1 cells under 2 headers'],
  ])('is not well formed with %s', (_, text, problem) => {
    expect(read(text).problems.join(' ')).toContain(problem);
  });

  it('is not well formed in another encoding than UTF-8', () => {
    expect(readCsv(Uint8Array.of(0xd5, 0xc5)).problems).toEqual(['The text is not UTF-8.']);
  });
});

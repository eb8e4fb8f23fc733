import { describe, expect, it } from 'vitest';
import { workbookOf, zipOf } from '../../testing/workbook.ts';
import { readTable } from './table.ts';

const HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="str"><v>b</v></c></row>';
const read = (rows: string, shared?: string) => readTable(zipOf(workbookOf([HEADER + rows], shared)));

describe('a workbook', () => {
  it('is told by its first bytes, and read with every kind of cell', () => {
    const shared = '<si><t>one</t></si><si><r><t>t</t></r><r><t xml:space="preserve">wo </t></r></si>';
    const rows = [
      '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>38</v></c></row>',
      '<row><c t="inlineStr"><is><t>&lt;&#x674E;_x000D_&gt;</t></is></c><c t="b"><v>1</v></c></row>',
      '<row r="4"><c r="B4" t="str"><v>only b</v></c></row><row r="5"><c r="A5" t="s"><v>0</v></c></row>',
    ].join('');
    expect(read(rows, shared)).toEqual({
      format: 'xlsx',
      header: ['a', 'b'],
      rows: [
        ['two ', 38],
        ['<李\r>', 'true'],
        ['', 'only b'],
        ['one', ''],
      ],
      formulas: [],
      problems: [],
    });
  });

  it('goes on in a second sheet, with or without its header', () => {
    const row = (text: string) => `<row><c t="str"><v>${text}</v></c><c><v>1</v></c></row>`;
    const { rows, problems } = readTable(zipOf(workbookOf([HEADER + row('x'), HEADER + row('y'), row('z')])));
    expect([rows, problems]).toEqual([
      [
        ['x', 1],
        ['y', 1],
        ['z', 1],
      ],
      [],
    ]);
  });

  it('tells formulas', () => {
    expect(read('<row><c r="A2"><f>1+1</f><v>2</v></c></row>').formulas).toEqual(['A2']);
  });

  it.each([
    ['XML that is not well formed', '<row><c t="str"><v>a & b</v></c></row>', '&, which stands for nothing'],
    ['a tag that is never closed', '<row><c>', 'closes another element'],
    ['a bare less-than sign', '<row><c t="str"><v>a < b</v></c></row>', 'not well formed'],
    ['a shared text that is not there', '<row><c r="A2" t="s"><v>7</v></c></row>', 'names the shared text 7'],
    ['a number that is none', '<row><c r="A2"><v>many</v></c></row>', 'a number that is none: many'],
    ['a cell twice', '<row><c r="A2"><v>1</v></c><c r="A2"><v>1</v></c></row>', 'the cell A2 twice'],
  ])('is not well formed with %s', (_, rows, problem) => {
    expect(read(rows).problems.join(' ')).toContain(problem);
  });

  const right = workbookOf([HEADER]);
  it.each([
    ['an entry twice', zipOf([...right, ...right.slice(0, 1)]), '[Content_Types].xml twice'],
    ['no types of content', zipOf(right.slice(1)), 'It has no [Content_Types].xml'],
    ['no sheet where it says', zipOf(right.slice(0, -1)), 'It has no xl/worksheets/sheet1.xml'],
    ['its end cut off', zipOf(right).subarray(0, -30), 'cut off or no ZIP at all'],
    ['a byte changed', changed(zipOf(right)), '[Content_Types].xml'],
  ])('is not well formed with %s', (_, bytes, problem) => {
    expect(readTable(bytes).problems.join(' ')).toContain(problem);
  });
});

describe('comma-separated text', () => {
  it('tells cells that a spreadsheet would calculate, and no numbers', () => {
    const text = 'a,b\r\n=1+1,-5\r\n"@x",+3.5\r\n\'=1,"-a"\r\n\tb,x\r\n＝1+1, =1\r\n';
    const { format, formulas } = readTable(new TextEncoder().encode(text));
    expect([format, formulas]).toEqual(['csv', ['=1+1', '@x', '-a', '\tb', '＝1+1']]);
  });
});

/** A byte of the first entry's data is another one. */
function changed(archive: Buffer): Buffer {
  const at = 30 + '[Content_Types].xml'.length + 2;
  archive[at] = (archive[at] ?? 0) ^ 0x55;
  return archive;
}

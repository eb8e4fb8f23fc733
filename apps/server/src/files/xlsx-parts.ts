import type { Language } from '@connection-records/types';
import { columns, words } from './columns.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The letter of a column: there are fewer columns than letters. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** The name of the part with a sheet, counted from 1. */
export const sheetPart = (sheet: number): string => `xl/worksheets/sheet${sheet}.xml`;

/** The style of the cells in the header row: bold. */
export const headerStyle = 1;

const relationship = (id: number, type: string, target: string) =>
  `<Relationship Id="rId${id}" Type="${officeRelationship}/${type}" Target="${target}"/>`;

const relationships = (list: string[]) =>
  `${declaration}<Relationships xmlns="${packageRelationships}">${list.join('')}</Relationships>`;

/** The parts that are the same in every file. */
export const constantParts: Readonly<Record<string, string>> = {
  '_rels/.rels': relationships([relationship(1, 'officeDocument', 'xl/workbook.xml')]),
  'xl/styles.xml':
    `${declaration}<styleSheet xmlns="${main}">` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
};

/** The parts that name the sheets, and can be written when their number is known. */
export function workbookParts(sheets: number, language: Language): Record<string, string> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const name = (sheet: number) => (sheet === 1 ? words[language].sheet : `${words[language].sheet} ${sheet}`);
  const list = numbers.map((sheet) => `<sheet name="${name(sheet)}" sheetId="${sheet}" r:id="rId${sheet}"/>`);
  const types = numbers.map(
    (sheet) => `<Override PartName="/${sheetPart(sheet)}" ContentType="${contentType}.worksheet+xml"/>`,
  );
  return {
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelationship}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...numbers.map((sheet) => relationship(sheet, 'worksheet', sheetPart(sheet).slice('xl/'.length))),
      relationship(sheets + 1, 'styles', 'styles.xml'),
    ]),
    '[Content_Types].xml':
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/>${types.join('')}</Types>`,
  };
}

/** What stands in a sheet before its rows: the header stays in view, the columns have their widths. */
export const sheetHead =
  `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>' +
  columns
    .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('') +
  '</cols><sheetData>';

/** What stands in a sheet after its rows: a filter over all of them. */
export const sheetTail = (rows: number): string =>
  `</sheetData><autoFilter ref="A1:${letterOf(columns.length - 1)}${rows}"/></worksheet>`;

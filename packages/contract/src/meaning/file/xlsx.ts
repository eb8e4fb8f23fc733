/** Reads an Excel workbook (ECMA-376) as far as a table of values needs it, and notices what Excel would have to repair. */
import { readXml, type XmlEvent } from './xml.ts';
import { readZip } from './zip.ts';

/** Sheets of lines of cells, and what is wrong with the workbook. */
export interface Workbook {
  sheets: (string | number)[][][];
  /** Cells that are formulas. */
  formulas: string[];
  problems: string[];
}

/** Reads the workbook. */
export function readXlsx(bytes: Uint8Array): Workbook {
  const { entries, problems } = readZip(bytes);
  const workbook: Workbook = { sheets: [], formulas: [], problems };
  const part = (name: string): XmlEvent[] => {
    const found = entries.get(name);
    if (!found) throw new Error(`It has no ${name}`);
    return [...readXml(new TextDecoder('utf-8', { fatal: true }).decode(found))];
  };
  // What is wrong with the archive says why the rest cannot be read.
  if (problems.length > 0) return workbook;
  try {
    part('[Content_Types].xml');
    const main = targetOf(part('_rels/.rels'), ({ Type = '' }) => Type.endsWith('/officeDocument'), '');
    const folder = main.slice(0, main.lastIndexOf('/') + 1);
    const relations = part(`${folder}_rels/${main.slice(folder.length)}.rels`);
    const strings = [...entries.keys()].find((name) => /(^|\/)sharedStrings\.xml$/.test(name));
    const shared = strings ? sharedStrings(part(strings)) : [];
    const sheets = opened(part(main), 'sheet');
    if (sheets.length === 0) problems.push('The workbook has no sheet.');
    for (const { id } of sheets) {
      const name = targetOf(relations, ({ Id }) => Id === id, folder);
      workbook.sheets.push(readSheet(part(name), shared, workbook));
    }
  } catch (error) {
    problems.push(`The workbook cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  return workbook;
}

type Attributes = Readonly<Record<string, string>>;

function opened(events: readonly XmlEvent[], name: string): Attributes[] {
  return events.flatMap((event) => (event.kind === 'open' && event.name === name ? [event.attributes] : []));
}

function targetOf(
  relations: readonly XmlEvent[],
  is: (relation: Attributes) => boolean,
  folder: string,
): string {
  const target = opened(relations, 'Relationship').find(is)?.Target;
  if (target === undefined) throw new Error('A relationship leads nowhere');
  return target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
}

function sharedStrings(events: readonly XmlEvent[]): string[] {
  const texts: string[] = [];
  let inText = false;
  for (const event of events) {
    if (event.kind === 'open' && event.name === 'si') texts.push('');
    if (event.kind !== 'text') inText = event.kind === 'open' && event.name === 't';
    else if (inText) texts[texts.length - 1] += event.text;
  }
  return texts.map(unescaped);
}

function readSheet(
  events: readonly XmlEvent[],
  shared: readonly string[],
  workbook: Workbook,
): (string | number)[][] {
  const { formulas, problems } = workbook;
  const rows: (string | number)[][] = [];
  const seen = new Set<string>();
  let row: (string | number)[] = [];
  let cell: Attributes = {};
  let column = 0;
  let value = '';
  let inValue = false;
  for (const event of events) {
    if (event.kind === 'text') {
      if (inValue) value += event.text;
    } else if (event.kind === 'open') {
      inValue = event.name === 'v' || event.name === 't';
      if (event.name === 'row') {
        row = [];
        column = 0;
      } else if (event.name === 'c') {
        cell = event.attributes;
        value = '';
        if (cell.r) column = columnOf(cell.r);
        if (cell.r && seen.has(cell.r)) problems.push(`The sheet has the cell ${cell.r} twice.`);
        if (cell.r) seen.add(cell.r);
      } else if (event.name === 'f') formulas.push(cell.r ?? `row ${rows.length + 1}`);
    } else {
      inValue = false;
      if (event.name === 'c') row[column++] = cellValue(cell, value, shared, problems);
      else if (event.name === 'row') rows.push(Array.from(row, (one) => one ?? ''));
    }
  }
  return rows;
}

function cellValue(
  { t: type = 'n', r = '' }: Attributes,
  value: string,
  shared: readonly string[],
  problems: string[],
) {
  if (value === '' && type !== 's') return '';
  if (type === 's') {
    const text = shared[Number(value)];
    if (text === undefined)
      problems.push(`The cell ${r} names the shared text ${value}, which is not there.`);
    return text ?? '';
  }
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type !== 'n') return unescaped(value);
  if (!/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(value))
    problems.push(`The cell ${r} is a number that is none: ${value}.`);
  return Number(value);
}

/** The index of the column in an address such as `AB12`. */
function columnOf(address: string): number {
  const letters = /^[A-Z]+/.exec(address)?.[0] ?? 'A';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Excel's own escapes for characters that XML does not have. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

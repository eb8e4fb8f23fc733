import { readConnectionRecords } from '@connection-records/client/read';
import { document, type Node } from './contract.ts';

/** A column of the exported file: the field that it shows, and its name in both languages. */
export interface Column {
  field: string;
  en_US: string;
  zh_CN: string;
}

const headerOf = (name: string): string[] =>
  document.components.examples[name].value.split('\n', 1)[0].split(',');

/** The field that the client reads a column as. */
async function fieldOf(column: string): Promise<string> {
  // A cell that a text, a number and a truth value may all hold.
  for await (const record of readConnectionRecords(new Blob([`${column}\n1\n`])))
    return Object.keys(record)[0]!;
  throw new Error(`The client does not know the column ${column}.`);
}

/**
 * The columns in their order: their names are those of the two example files of the contract, and the fields those that the client reads
 * them as.
 */
export async function columnsOfFile(): Promise<Column[]> {
  const [english, chinese] = [headerOf('fileInEnglish'), headerOf('fileInChinese')];
  return Promise.all(
    english.map(async (en_US, index) => {
      const zh_CN = chinese[index] ?? '';
      const [field, other] = await Promise.all([fieldOf(en_US), fieldOf(zh_CN)]);
      if (field !== other) throw new Error(`${en_US} is read as ${field}, and ${zh_CN} as ${other}.`);
      return { field, en_US, zh_CN };
    }),
  );
}

/** The first record of the contract's examples, for an example of each field. */
export const exampleRecord: Node = document.components.examples.recordsFound.value.records[0];

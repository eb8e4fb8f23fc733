// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const rows = 'store/rows.ts';
const columns = 'files/columns.ts';
const csv = 'files/csv.ts';
const text = "if (typeof value === 'string') return value;";

const inWorkbooks = { options: { format: 'xlsx' } } as const;

/** Files whose rows, values or words are wrong. */
export const fileDefects: readonly Mutant[] = [
  {
    defect: 'a file lacks its last row',
    file: rows,
    from: 'if (batch.length > 0) yield batch;',
    to: 'if (batch.length > 1) yield batch.slice(0, -1);',
    caught: /rows of the file are the records|in the file/,
  },
  {
    defect: 'a workbook lacks its last row',
    file: rows,
    from: 'if (batch.length > 0) yield batch;',
    to: 'if (batch.length > 1) yield batch.slice(0, -1);',
    caught: /rows of the file are the records|in the file/,
    ...inWorkbooks,
  },
  {
    defect: 'a file lacks its first row',
    file: 'export-worker.ts',
    from: 'yield batch;',
    to: 'yield batch.slice(1);',
    caught: /rows of the file are the records|in the file/,
  },
  {
    defect: 'a file has its last row twice',
    file: rows,
    from: 'if (batch.length > 0) yield batch;',
    to: 'if (batch.length > 0) yield [...batch, [...batch.at(-1)]];',
    caught: /rows of the file are the records|in the file/,
  },
  {
    defect: 'a file loses a row after every hundred',
    file: rows,
    from: 'if (batch.length === batchSize) {\n      yield batch;',
    to: 'if (batch.length === 100) {\n      yield batch.slice(1);',
    caught: /rows of the file are the records|in the file/,
  },
  {
    defect: 'a file ends after 200 rows',
    file: rows,
    from: 'WHERE ${sql} ${ORDER}`);\n  statement',
    to: 'WHERE ${sql} ${ORDER} LIMIT 200`);\n  statement',
    caught: /rows of the file are the records|in the file/,
  },
  {
    defect: 'a file has no header',
    file: csv,
    from: 'this.#out.raw(headerOf(language));',
    to: '',
    caught: /header|column/,
  },
  {
    defect: 'a file repeats its header',
    file: csv,
    from: 'for (const row of rows) {',
    to: 'this.#line(columns.map((column) => column[this.#language]));\n    for (const row of rows) {',
    caught: /rows of the file|header/,
  },
  {
    defect: 'a file is always in English',
    file: 'handlers.ts',
    from: "query.language ?? 'en_US'",
    to: "'en_US'",
    caught: /language|Chinese|zh_CN/,
  },
  {
    defect: 'a workbook is always in English',
    file: 'handlers.ts',
    from: "query.language ?? 'en_US'",
    to: "'en_US'",
    caught: /language|Chinese|zh_CN/,
    ...inWorkbooks,
  },
  {
    defect: 'a file is always in Chinese',
    file: 'handlers.ts',
    from: "query.language ?? 'en_US'",
    to: "'zh_CN'",
    caught: /language|English|en_US/,
  },
  {
    defect: 'a file in Chinese says yes and no in English',
    file: csv,
    from: 'cellOf(value, this.#language)',
    to: "cellOf(value, 'en_US')",
    caught: /language|Chinese|zh_CN|word/,
  },
  {
    defect: 'a file in Chinese has an English header',
    file: csv,
    from: 'column[language]',
    to: 'column.en_US',
    caught: /language|Chinese|zh_CN|word/,
  },
  {
    defect: 'a file in Chinese has fewer rows',
    file: 'export-worker.ts',
    from: 'write: ({ filter, ...target }, file) =>',
    to: "write: ({ filter, ...target }, file, _ = target.language === 'zh_CN' && (filter.minRtt ??= 0)) =>",
    caught: /never rows/,
  },
  {
    defect: 'a file says yes for no',
    file: columns,
    from: 'value ? words[language].yes : words[language].no',
    to: 'value ? words[language].no : words[language].yes',
    caught: /yes or no/,
  },
  {
    defect: 'a file says no whatever the value',
    file: columns,
    from: 'value ? words[language].yes : words[language].no',
    to: 'words[language].no',
    caught: /yes or no/,
  },
  {
    defect: 'two columns have each other’s values',
    file: columns,
    from: "field: 'terminal_ip', en_US: 'Terminal IP Address'",
    to: "field: 'desktop_ip', en_US: 'Terminal IP Address'",
    and: {
      file: columns,
      from: "field: 'desktop_ip', en_US: 'Desktop IP Address'",
      to: "field: 'terminal_ip', en_US: 'Desktop IP Address'",
    },
    caught: /texts stand|addresses/,
  },
  {
    defect: 'start and end of a connection have each other’s column',
    file: columns,
    from: "field: 'connection_start_time', en_US: 'Connection Started'",
    to: "field: 'connection_end_time', en_US: 'Connection Started'",
    and: {
      file: columns,
      from: "field: 'connection_end_time', en_US: 'Connection Ended'",
      to: "field: 'connection_start_time', en_US: 'Connection Ended'",
    },
    caught: /times stand|start_time/,
  },
  {
    defect: 'a file has the latency of the network for the end-to-end one',
    file: columns,
    from: "field: 'e2e_rtt'",
    to: "field: 'network_rtt'",
    caught: /latencies stand/,
  },
  {
    defect: 'times in a file are those of Beijing',
    file: columns,
    from: text,
    to: "if (typeof value === 'string' && /^\\d{4}-\\d\\d-\\d\\dT/.test(value)) return new Date(Date.parse(value) + 28_800_000).toISOString().replace(/\\.\\d+/, '');\n  if (typeof value === 'string') return value;",
    caught: /times stand|UTC/,
  },
  {
    defect: 'times in a file have no seconds',
    file: columns,
    from: text,
    to: "if (typeof value === 'string') return value.replace(/(T\\d\\d:\\d\\d):\\d\\dZ$/, '$1Z');",
    caught: /to the second/,
  },
  {
    defect: 'a file has an empty cell for 0',
    file: columns,
    from: 'Number.isFinite(value) ? value',
    to: 'Number.isFinite(value) && value !== 0 ? value',
    caught: /latencies stand/,
  },
  {
    defect: 'a file has 0 for what is missing',
    file: columns,
    from: "Number.isFinite(value) ? value : ''",
    to: 'Number.isFinite(value) ? value : 0',
    caught: /latencies stand|texts stand/,
  },
  {
    defect: 'a file has the word null for what is missing',
    file: columns,
    from: "Number.isFinite(value) ? value : ''",
    to: "Number.isFinite(value) ? value : 'null'",
    caught: /latencies stand|texts stand/,
  },
];

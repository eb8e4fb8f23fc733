// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of sources.
import type { Mutant } from '../mutant.ts';

const columns = 'files/columns.ts';
const csv = 'files/csv.ts';
const xlsx = 'files/xlsx.ts';
const text = "if (typeof value === 'string') return value;";
const begins = "const formula = '=+\\\\-@＝＋－＠';";
const inline = '`${openInline}${escaped(fitting(withoutFormula(cell), this.#language))}${closeInline}`';
const inWorkbooks = { options: { format: 'xlsx' } } as const;

/** Leaves a character out of those that begin a formula. */
const undefused = (first: string, without: string): Mutant => ({
  defect: `a text that begins with ${first} stays a formula`,
  file: 'files/formula.ts',
  from: begins,
  to: `const formula = '${without}';`,
  caught: /formula/,
});

/** Texts that a spreadsheet would misread, and files that it cannot read. */
export const formDefects: readonly Mutant[] = [
  {
    defect: 'a quote in quotes is not doubled',
    file: csv,
    from: `safe.replaceAll('"', '""')`,
    to: 'safe',
    caught: /well formed|texts stand/,
  },
  {
    defect: 'a text with a comma has no quotes',
    file: csv,
    from: `specialCharacters('",;')`,
    to: `specialCharacters('";')`,
    caught: /well formed|texts stand|rows of the file/,
  },
  {
    defect: 'a text with a line break has no quotes',
    file: csv,
    from: '/[",;\\t\\r\\n]|^ | $/',
    to: '/[",;\\t]|^ | $/',
    caught: /well formed|texts stand|rows of the file/,
  },
  {
    defect: 'characters that are not ASCII are lost',
    file: columns,
    from: text,
    to: "if (typeof value === 'string') return value.replace(/[^\\x00-\\x7f]/g, '?');",
    caught: /texts stand|Chinese/,
  },
  {
    defect: 'a long text is cut',
    file: columns,
    from: text,
    to: "if (typeof value === 'string') return value.slice(0, 36);",
    caught: /texts stand|enterprise project/,
  },
  undefused('=', '+\\\\-@＝＋－＠'),
  undefused('+', '=\\\\-@＝＋－＠'),
  undefused('-', '=+@＝＋－＠'),
  undefused('@', '=+\\\\-＝＋－＠'),
  undefused('＝', '=+\\\\-@＋－＠'),
  {
    defect: 'a cell of a workbook is a formula',
    file: xlsx,
    from: `out.text(${inline});`,
    to: `out.text(/^[=+@-]/.test(cell) ? \`"><f>\${escaped(cell.slice(1))}</f></c>\` : ${inline});`,
    caught: /formula/,
    ...inWorkbooks,
  },
  {
    defect: 'a workbook does not escape & and <',
    file: xlsx,
    from: '.replace(/[&<>]/g, (character) => entities[character]!)',
    to: '',
    caught: /well formed/,
    ...inWorkbooks,
  },
  {
    defect: 'a workbook starts its rows over the header',
    file: xlsx,
    from: 'const number = String(++this.#rows);',
    to: 'const number = String(this.#rows++);',
    caught: /well formed|rows of the file|header/,
    ...inWorkbooks,
  },
];

// Tables and blocks of the packages' READMEs, which tests of those packages keep true. Pages show them instead of a second copy.
const readmes = import.meta.glob<string>(['../../../../packages/*/README.md', '../../../server/README.md'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The text below a heading of a package's README, up to the next one; the whole of it below none. @throws if there is no such heading */
function below(readme: string, heading: string): string {
  const [, text] = Object.entries(readmes).find(([path]) => path.endsWith(`/${readme}/README.md`)) ?? [];
  if (text === undefined) throw new Error(`No package ${readme} has a README.`);
  if (heading === '') return text;
  const [, section] = text.split(new RegExp(`^## ${heading}$`, 'm'));
  if (section === undefined) throw new Error(`The README of ${readme} has no heading "${heading}".`);
  return section.split(/^## /m)[0]!;
}

/** A table as a README has it: its first row, and the others. Cells are Markdown. */
export interface Table {
  head: string[];
  rows: string[][];
}

const cells = (line: string) =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** The table below a heading whose first column is called so. @throws if there is none */
export function tableOf(readme: string, heading: string, first: string): Table {
  const tables = below(readme, heading).match(/(?:^\|.*\|\n)+/gm) ?? [];
  for (const table of tables) {
    const [head, , ...rows] = table.trim().split('\n').map(cells);
    if (head?.[0] === first) return { head, rows };
  }
  throw new Error(`The README of ${readme} has no table "${first}" below "${heading}".`);
}

/** The first block of code below a heading. @throws if there is none */
export function blockOf(readme: string, heading: string): string {
  const block = /^```\w*\n([\s\S]*?)^```$/m.exec(below(readme, heading));
  if (!block) throw new Error(`The README of ${readme} has no code below "${heading}".`);
  return block[1]!.trimEnd();
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A cell as HTML. Code is the only markup that those tables need. */
export const htmlOf = (cell: string) =>
  cell
    .split('`')
    .map((part, index) => (index % 2 ? `<code>${escaped(part)}</code>` : escaped(part)))
    .join('');

/** How many of how many defects the contract suite caught, by its README. @throws if it does not say so */
export function scoreOfSuite(): [caught: string, tried: string] {
  const [, caught, tried] = /<!-- mutants -->(\d+) of (\d+) /.exec(below('contract', '')) ?? [];
  if (!caught || !tried) throw new Error('The README of contract has no score.');
  return [caught, tried];
}

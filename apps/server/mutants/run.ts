/** The command: tries the suite on the whole server, then on each mutant, and prints which case caught which defect. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { CaseResult } from '@connection-records/contract';
import { mutants } from './index.ts';
import type { Mutant } from './mutant.ts';
import { builtSuite, catcherOf, failuresOf, nameOf, type Trial, tryMutant, tryWith } from './trial.ts';

/** How many cases may fail besides the one that names the defect. */
const MOST_OTHERS = 5;
/** A server and a suite each, of which one waits while the other works. */
const AT_ONCE = 2;

const { values } = parseArgs({
  options: {
    // Mutants whose theme or defect has this text, for example `auth: `.
    only: { type: 'string', multiple: true, default: [''] },
    // The command of another build of the suite.
    suite: { type: 'string', default: builtSuite },
    // Puts the score into the README of the suite.
    write: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
process.exitCode = (await main()) ? 0 : 1;

async function main(): Promise<boolean> {
  const began = performance.now();
  if (!(await wholeIsWhole())) return false;
  const chosen = mutants.filter(({ theme, defect }) =>
    values.only.some((text) => `${theme}: ${defect}`.includes(text)),
  );
  const outcomes = await all(chosen, async (mutant) => {
    const outcome = outcomeOf(mutant, await tryMutant(mutant, values.suite));
    say(`${outcome.ok ? '✓' : '✗'} ${mutant.theme}: ${mutant.defect} (${outcome.seconds.toFixed(1)} s)`);
    if (!outcome.ok || values.verbose) for (const line of outcome.details) say(`    ${line}`);
    return outcome;
  });
  const caught = outcomes.filter(({ ok }) => ok).length;
  const score = `${caught} of ${outcomes.length} defects caught`;
  say(`\n${table(outcomes)}\n\n${score} in ${Math.round((performance.now() - began) / 1000)} s`);
  if (values.write && chosen.length === mutants.length) await writeScore(score);
  return caught === outcomes.length;
}

/** On the server without a defect, nothing may fail. */
async function wholeIsWhole(): Promise<boolean> {
  const formats = ['csv', 'xlsx'] as const;
  const trials = await all(formats, (format) => tryWith([], { format }, values.suite));
  for (const [index, trial] of trials.entries()) {
    const { problem, cases, seconds } = trial;
    const skipped = cases.filter(({ outcome }) => outcome === 'skipped');
    const failed = failuresOf(trial);
    const numbers = `${cases.length - skipped.length - failed.length} passed, ${failed.length} failed, ${skipped.length} skipped`;
    say(`the server as it is, ${formats[index]}: ${problem ?? numbers} (${seconds.toFixed(1)} s)`);
    for (const one of failed) say(`${nameOf(one)}\n${one.failure}`);
    if (values.verbose) for (const one of skipped) say(`    skipped: ${nameOf(one)}: ${one.reason}`);
  }
  return trials.every((trial) => !trial.problem && failuresOf(trial).length === 0);
}

interface Outcome {
  mutant: Mutant;
  catcher: string;
  others: number;
  ok: boolean;
  seconds: number;
  details: string[];
}

function outcomeOf(mutant: Mutant, trial: Trial): Outcome {
  const catcher = catcherOf(mutant, trial);
  const others = failuresOf(trial).filter((one) => one !== catcher).length;
  return {
    mutant,
    catcher: catcher ? nameOf(catcher) : '–',
    others,
    ok: catcher !== undefined && others <= MOST_OTHERS,
    seconds: trial.seconds,
    details: [trial.problem ?? [], ...failuresOf(trial).map(inOneLine)].flat(),
  };
}

function inOneLine(one: CaseResult): string {
  return `${nameOf(one)}: ${(one.failure ?? '').split('\n', 3).join(' ').slice(0, 400)}`;
}

function table(outcomes: readonly Outcome[]): string {
  const rows = [
    ['defect', 'caught by', 'others'],
    ...outcomes.map(({ mutant, catcher, others }) => [mutant.defect, catcher, String(others)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')).join('\n');
}

/** Puts the score between its marks. */
async function writeScore(score: string): Promise<void> {
  const readme = new URL('../../../packages/contract/README.md', import.meta.url);
  const before = await readFile(readme, 'utf8');
  await writeFile(readme, before.replace(/(<!-- mutants -->).*?(<!-- \/mutants -->)/s, `$1${score}$2`));
}

/** Does the work on each item, some at a time, and gives the results in order. */
async function all<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

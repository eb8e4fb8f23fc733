/** Results: collected from Vitest, printed by operation, written as JUnit and JSON. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { type Basis, operations } from './contract.ts';
import type { Settings } from './settings.ts';

/** What a test of the suite tells of itself. */
export interface Report {
  operationId: string;
  /** The documented status that the case is about. */
  status: number;
  title: string;
  basis: Basis;
  /** Why the case was skipped. */
  reason?: string;
  /** What is wrong, in several lines. */
  failure?: string;
}

/** The result of one case. */
export interface CaseResult extends Report {
  outcome: 'passed' | 'failed' | 'skipped';
  milliseconds: number;
}

/** Whatever takes text: `process.stdout`, for one. */
export interface Output {
  write(text: string): unknown;
}

const MARKS = { passed: '✓', failed: '✗', skipped: '–' } as const;

/** Prints each case as it ends, under its operation, and keeps the results. */
export class OperationReporter implements Reporter {
  readonly results: CaseResult[] = [];
  /** What kept the suite itself from running, or from trying a case to its end. */
  readonly errors: string[] = [];
  /** Why the run ended before its last case. */
  ended: string | undefined;
  #current = '';
  readonly #output: Output;
  /** Whether somebody has stopped the run. */
  readonly isStopped: () => boolean;

  constructor(output: Output, isStopped: () => boolean = () => false) {
    this.#output = output;
    this.isStopped = isStopped;
  }

  onTestCaseResult(test: TestCase): void {
    // What is left of the plan then is not tried, and says nothing.
    if (this.ended) return;
    const { report, ended } = test.meta();
    const { state, errors } = test.result();
    if (!report && this.isStopped()) return;
    // What fails without saying what the server did wrong is a defect of the suite, and says nothing of the server.
    if (!report || state === 'pending' || (state === 'failed' && !report.failure)) {
      this.errors.push(`${test.fullName}: ${errors?.[0]?.message ?? 'it did not run'}`);
      return;
    }
    const result: CaseResult = {
      ...report,
      outcome: state,
      milliseconds: Math.round(test.diagnostic()?.duration ?? 0),
    };
    this.results.push(result);
    this.#print(result);
    this.ended = ended;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message?: string }[]): void {
    for (const { message } of [...modules.flatMap((module) => module.errors()), ...unhandled]) {
      this.errors.push(message ?? 'an error without a word');
    }
  }

  #print({ operationId, status, title, outcome, reason }: CaseResult): void {
    if (operationId !== this.#current) {
      const operation = operations.find(({ id }) => id === operationId);
      this.#output.write(`\n${operationId}  ${operation?.method} ${operation?.path}\n`);
      this.#current = operationId;
    }
    this.#output.write(`  ${MARKS[outcome]} ${status} ${title}${reason ? `: skipped, ${reason}` : ''}\n`);
  }
}

/** How many cases ended in each way. */
export function count(results: readonly CaseResult[]): Record<CaseResult['outcome'], number> {
  const numbers = { passed: 0, failed: 0, skipped: 0 };
  for (const { outcome } of results) numbers[outcome] += 1;
  return numbers;
}

/** The failures in full, and the numbers. */
export function summary(results: readonly CaseResult[], seconds: number, seed: number): string {
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const { passed, failed, skipped } = count(results);
  return [
    ...failures.map(
      ({ operationId, status, title, failure }, index) =>
        `\n${index + 1}) ${operationId}: ${status} ${title}\n${indent(failure ?? '')}\n`,
    ),
    `\n${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s (--seed ${seed})\n`,
  ].join('');
}

/** The results as JSON text. */
export function toJson({ baseUrl, seed }: Settings, results: readonly CaseResult[]): string {
  const numbers = count(results);
  return `${JSON.stringify({ target: baseUrl, seed, ...numbers, cases: results }, null, 2)}\n`;
}

/** The results as JUnit XML: a suite for each operation. */
export function toJUnit(results: readonly CaseResult[]): string {
  const suites = [...new Set(results.map(({ operationId }) => operationId))].map((id) => {
    const own = results.filter(({ operationId }) => operationId === id);
    const { failed, skipped } = count(own);
    const head = `name="${id}" tests="${own.length}" failures="${failed}" skipped="${skipped}" errors="0"`;
    return [`  <testsuite ${head}>`, ...own.map(toTestcase), '  </testsuite>'].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function toTestcase({ operationId, status, title, milliseconds, reason, failure }: CaseResult): string {
  const head = `classname="${operationId}" name="${escapeXml(`${status} ${title}`)}" time="${milliseconds / 1000}"`;
  if (failure) {
    const [first = ''] = failure.split('\n');
    return `    <testcase ${head}><failure message="${escapeXml(first)}">${escapeXml(failure)}</failure></testcase>`;
  }
  if (reason) return `    <testcase ${head}><skipped message="${escapeXml(reason)}"/></testcase>`;
  return `    <testcase ${head}/>`;
}

/** As XML 1.0 can carry it: not every character that a server may send is one of XML. */
function escapeXml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ');
}

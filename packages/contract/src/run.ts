/** Runs the suite: checks that the target answers, hands the suite to Vitest, and gathers the results. */
import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operationNamed } from './contract.ts';
import { type Credentials, environmentOf } from './credentials.ts';
import {
  type CaseResult,
  count,
  OperationReporter,
  type Output,
  summary,
  toJson,
  toJUnit,
} from './report.ts';
import { NoAnswer, sender } from './request.ts';
import type { Settings } from './settings.ts';

/** The suite could not be run, so nothing is known of the target's contract. The message is one line. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
}

/** How a run ended. */
export interface RunResult {
  passed: number;
  failed: number;
  skipped: number;
  /** 0 if none failed, else 1. What would be 2 for the command is a `HarnessError` here. */
  exitCode: 0 | 1;
  /** Every case, with what is wrong where it failed and the reason where it was skipped. */
  cases: readonly CaseResult[];
}

/** The language in which this very file runs is that of the suite beside it: JavaScript once built, TypeScript in its tests. */
const SUITE = new URL(`./suite/contract.suite${extname(import.meta.url)}`, import.meta.url);

/** Runs the suite against a target. Throws `HarnessError` if it cannot be run. */
export async function run(settings: Settings, credentials: Credentials, output: Output): Promise<RunResult> {
  await reach(settings, credentials);
  const started = performance.now();
  const reporter = new OperationReporter(output);
  await runVitest(settings, credentials, reporter);
  if (reporter.errors.length > 0 || reporter.results.length === 0) {
    throw new HarnessError(`The suite did not run: ${reporter.errors.join('; ') || 'it has no test'}`);
  }
  const { results } = reporter;
  output.write(summary(results, (performance.now() - started) / 1000));
  await write('junit', settings.junit, toJUnit(results));
  await write('json', settings.json, toJson(settings.baseUrl, results));
  const numbers = count(results);
  return { ...numbers, exitCode: numbers.failed > 0 ? 1 : 0, cases: results };
}

/** Asks the target once, so that an unreachable one is said in one line instead of a hundred. */
async function reach(settings: Settings, credentials: Credentials): Promise<void> {
  try {
    const { answer } = await sender(settings, credentials)({ operation: operationNamed('listExportTasks') });
    if (answer.status === 401) {
      throw new HarnessError(
        `${settings.baseUrl} refuses the credentials with 401. Check them, and that they are of this project and region.`,
      );
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new HarnessError(
      `${settings.baseUrl} cannot be reached: ${error.message}. Check that the server runs and that --base-url is its address.`,
    );
  }
}

async function runVitest(settings: Settings, credentials: Credentials, reporter: OperationReporter) {
  const { exitCode } = process;
  const suite = fileURLToPath(SUITE);
  // Loaded only now: a wrong setting or a server out of reach is told without waiting for it.
  const { startVitest } = await import('vitest/node');
  const vitest = await startVitest(
    'test',
    [],
    {
      config: false,
      root: dirname(suite),
      // By its name alone: an absolute path would be read as a pattern, and a folder may be called (this).
      include: [basename(suite)],
      // The default leaves out node_modules, which is where this package is installed.
      exclude: [],
      watch: false,
      reporters: [reporter],
      provide: { settings },
      env: environmentOf(credentials),
      // One worker, and the order of the plan: its cases share one export.
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      sequence: { shuffle: false, concurrent: false },
      testTimeout: (settings.patience + 10 * settings.timeout) * 1000,
      coverage: { enabled: false },
      cache: false,
    },
    // Nothing of the user's folder is read, and nothing is written there.
    { envDir: false, publicDir: false, logLevel: 'silent' },
  );
  await vitest.close();
  // Vitest marks the process as failed where a test fails. Whether it is, is the caller's decision.
  process.exitCode = exitCode;
}

async function write(option: string, file: string | undefined, text: string): Promise<void> {
  if (!file) return;
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HarnessError(`--${option} cannot be written: ${reason}. Give a file in a folder that exists.`);
  }
}

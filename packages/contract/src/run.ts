/** Runs the suite: checks that the target answers, hands the suite to Vitest, and gathers the results. */
import { randomUUID } from 'node:crypto';
import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter } from 'vitest/node';
import { createAsker } from './asker.ts';
import { type Clock, clock as ownClock } from './clock.ts';
import { type Credentials, environmentOf } from './credentials.ts';
import { makeFiles, writeFiles } from './files.ts';
import { HarnessError } from './harness-error.ts';
import { reach } from './reach.ts';
import { type CaseResult, count, OperationReporter, type Output, summary } from './report.ts';
import type { Settings } from './settings.ts';
import { inWords, Stopped, stopSuite } from './stop.ts';

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

const NEVER = new AbortController().signal;

/** Runs the suite against a target. Throws `HarnessError` if it cannot be run, and `Stopped` if the signal stops it. */
export async function run(
  settings: Settings,
  credentials: Credentials,
  output: Output,
  { signal = NEVER, clock = ownClock }: { signal?: AbortSignal; clock?: Clock } = {},
): Promise<RunResult> {
  await makeFiles(settings);
  await reach(settings, credentials, createAsker(settings, credentials, clock), clock);
  if (signal.aborted) throw new Stopped('The run was stopped before its first case.');
  const started = performance.now();
  const reporter = new OperationReporter(output, () => signal.aborted);
  const channel = `connection-records-contract ${randomUUID()}`;
  const stop = stopSuite(channel, signal);
  try {
    await runVitest(settings, credentials, reporter, { signal, channel });
  } finally {
    stop.close();
  }
  const { errors, results } = reporter;
  if (results.length === 0 && !signal.aborted) {
    throw new HarnessError(`The suite did not run: ${errors.join('; ') || 'it has no test'}`);
  }
  output.write(summary(results, (performance.now() - started) / 1000, settings.seed));
  const conclusion = await conclude(settings, reporter, output).catch((error: unknown) => error);
  if (signal.aborted) throw new Stopped(`The run was stopped. ${inWords(stop.tidied())}`);
  if (conclusion instanceof Error) throw conclusion;
  return conclusion as RunResult;
}

/** Writes the files, and says how a run ended. Throws `HarnessError` if it ended before its time. */
export async function conclude(
  settings: Settings,
  {
    results,
    ended,
    errors = [],
  }: Pick<OperationReporter, 'results' | 'ended'> & { errors?: readonly string[] },
  output: Output,
): Promise<RunResult> {
  const problems = await writeFiles(settings, results);
  for (const problem of problems) output.write(`${problem}\n`);
  if (ended) throw new HarnessError(`${settings.baseUrl} ${ended}`);
  if (errors.length > 0) {
    const reason = errors.map((error) => error.replace(/\s+/g, ' ')).join('; ');
    throw new HarnessError(`The suite has a defect of its own, which says nothing of the target: ${reason}`);
  }
  const numbers = count(results);
  // A server that breaks the contract does so whether or not the disk is full.
  if (numbers.failed === 0 && problems.length > 0) throw new HarnessError(problems.join(' '));
  return { ...numbers, exitCode: numbers.failed > 0 ? 1 : 0, cases: results };
}

async function runVitest(
  settings: Settings,
  credentials: Credentials,
  reporter: OperationReporter,
  { signal, channel }: { signal: AbortSignal; channel: string },
) {
  const { exitCode } = process;
  const suite = fileURLToPath(SUITE);
  // Loaded only now: a wrong setting or a server out of reach is told without waiting for it.
  const { startVitest } = await import('vitest/node');
  const quiet = signal === NEVER ? [] : [leaveSignals()];
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
      reporters: [reporter, ...quiet],
      provide: { settings, channel },
      env: environmentOf(credentials),
      // One worker, and the order of the plan: its cases share one export.
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      sequence: { shuffle: false, concurrent: false },
      // None: each request has its own, and each wait ends with the patience.
      testTimeout: 0,
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

/** Vitest ends the process at the first signal. Whoever gave one to `run` hears them itself. */
function leaveSignals(): Reporter {
  const names = ['SIGINT', 'SIGTERM'] as const;
  const own = new Set(names.flatMap((name) => process.listeners(name)));
  const onInit = () => {
    for (const name of names) {
      for (const listener of process.listeners(name)) if (!own.has(listener)) process.off(name, listener);
    }
  };
  return { onInit, onTestRunStart: onInit };
}

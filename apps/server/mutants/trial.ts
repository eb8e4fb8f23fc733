/** Tries the contract suite on a server, whole or with a defect, as a stranger would: two processes and an address. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CaseResult } from '@connection-records/contract';
import { type Change, changesOf, type Mutant } from './mutant.ts';
import { caller, expired, forbiddenProjectId, projectId } from './target.ts';

/** The command of the suite, as it was built. */
export const builtSuite = fileURLToPath(
  new URL('cli.js', import.meta.resolve('@connection-records/contract')),
);

/** What came of a trial. */
export interface Trial {
  /** Every case, none if the suite could not be run. */
  cases: CaseResult[];
  /** Why it could not be run. */
  problem?: string;
  seconds: number;
}

/** Runs the suite against a server with these changes. */
export async function tryWith(
  changes: readonly Change[],
  options: Mutant['options'] = {},
  suite = builtSuite,
): Promise<Trial> {
  const began = performance.now();
  const server = fork(fileURLToPath(new URL('serve.ts', import.meta.url)), {
    execArgv: ['--import', new URL('preload.ts', import.meta.url).href],
    env: {
      ...process.env,
      MUTANT_CHANGES: JSON.stringify(changes),
      MUTANT_OPTIONS: JSON.stringify({ format: 'csv', ...options }),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaint = text(server.stderr!);
  try {
    const [url] = await Promise.race([once(server, 'message'), once(server, 'exit').then(() => [])]);
    if (!url) throw new Error(`The server did not start: ${await complaint}`);
    const result = await runSuite(String(url), suite, options.requestsPerMinute === undefined);
    return { ...result, seconds: (performance.now() - began) / 1000 };
  } finally {
    await stop(server);
  }
}

/** Every failing case of a trial. */
export const failuresOf = ({ cases }: Trial): CaseResult[] =>
  cases.filter(({ outcome }) => outcome === 'failed');

/** A case as it is told from any other. */
export const nameOf = ({ operationId, status, title }: CaseResult): string =>
  `${operationId} ${status} ${title}`;

/** The case that names the defect, if one does. */
export const catcherOf = ({ caught, says = /^/ }: Mutant, trial: Trial): CaseResult | undefined =>
  failuresOf(trial).find(
    (one) => caught.test(`${nameOf(one)}: ${ruleOf(one)}`) && says.test(one.failure ?? ''),
  );

/** The sentence that was broken. */
export const ruleOf = ({ failure = '' }: CaseResult): string =>
  failure.split('\n', 1)[0]!.replace(/^Broken: */, '');

/** Tries a mutant. */
export const tryMutant = (mutant: Mutant, suite?: string): Promise<Trial> =>
  tryWith(changesOf(mutant), mutant.options, suite);

async function runSuite(
  url: string,
  suite: string,
  unlimited: boolean,
): Promise<Pick<Trial, 'cases' | 'problem'>> {
  const folder = await mkdtemp(join(tmpdir(), 'connection-records-mutants-'));
  const file = join(folder, 'results.json');
  const settings = {
    ...{ 'base-url': url, 'project-id': projectId, 'forbidden-project-id': forbiddenProjectId },
    // Few random requests: what each mutant is for, a case of its own must find.
    ...{ seed: 1, runs: 3, patience: 10, timeout: 10, json: file },
    // A flood takes seconds, to learn nothing where there is no limit.
    ...(unlimited ? { without: 'rate-limit' } : {}),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [suite, ...args, '--sandbox'], {
    env: {
      ...process.env,
      CONNECTION_RECORDS_AUTH_TOKEN: caller.token,
      CONNECTION_RECORDS_EXPIRED_TOKEN: expired.token,
      HUAWEICLOUD_SDK_AK: caller.ak,
      HUAWEICLOUD_SDK_SK: caller.sk,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const complaint = text(child.stderr);
  const [code] = (await once(child, 'exit')) as [number | null];
  const written = await readFile(file, 'utf8').catch(() => '');
  await rm(folder, { recursive: true, force: true });
  const { cases } = written ? (JSON.parse(written) as { cases: CaseResult[] }) : { cases: [] };
  return code === 0 || code === 1 ? { cases } : { cases, problem: (await complaint).trim() };
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  if (server.connected) server.disconnect();
  // A defect may keep it from closing.
  const impatient = setTimeout(() => server.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(impatient);
}

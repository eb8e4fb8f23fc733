/**
 * The contract suite as a function: it runs in the calling process, against any server of the API.
 *
 * @module
 */
import { AK, credentialsFrom, EXPIRED_TOKEN, SECURITY_TOKEN, SK, TOKEN } from './credentials.ts';
import { HarnessError } from './harness-error.ts';
import type { Capability } from './options.ts';
import type { Output } from './report.ts';
import { type RunResult, run } from './run.ts';
import { check } from './settings.ts';

export type { Basis } from './contract.ts';
export { HarnessError } from './harness-error.ts';
export type { Capability } from './options.ts';
export type { CaseResult, Output, Report } from './report.ts';
export type { RunResult } from './run.ts';

/** What to run the suite against, and how. Each setting is that of the command of the same name. */
export interface RunOptions {
  baseUrl: string;
  projectId: string;
  /** A token for `X-Auth-Token`, or a key pair to sign with. With both, the keys serve to try signatures. */
  token?: string;
  ak?: string;
  sk?: string;
  securityToken?: string;
  /** A token that was right once, to see that it is refused. */
  expiredToken?: string;
  examples?: boolean;
  without?: readonly Capability[];
  readOnly?: boolean;
  /** Seconds. */
  timeout?: number;
  /** Seconds. */
  patience?: number;
  basis?: 'documented' | 'all';
  polite?: boolean;
  sandbox?: boolean;
  forbiddenProjectId?: string;
  runs?: number;
  seed?: number;
  junit?: string;
  json?: string;
  /** Where to print the results as they come; nowhere by default. */
  output?: Output;
}

const QUIET: Output = { write: () => true };

/**
 * Runs the suite. Resolves with the numbers and every case, whether or not some failed; rejects with a `HarnessError` if
 * the options are wrong or the target cannot be reached. No credential is in either.
 */
export async function runContract(options: RunOptions): Promise<RunResult> {
  const { baseUrl, projectId, examples, without, readOnly, timeout, patience } = options;
  const { basis, polite, sandbox, forbiddenProjectId, runs, seed, junit, json } = options;
  const named = Object.entries({
    'base-url': baseUrl,
    'project-id': projectId,
    examples,
    without: without?.length ? without.join(',') : undefined,
    'read-only': readOnly,
    timeout,
    patience,
    basis,
    polite,
    sandbox,
    'forbidden-project-id': forbiddenProjectId,
    runs,
    seed,
    junit,
    json,
  });
  const given = new Map(
    named
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value: String(value), from: `--${name}` }]),
  );
  const { settings, problems } = check(given);
  const { credentials, problems: more } = credentialsFrom({
    [TOKEN]: options.token,
    [EXPIRED_TOKEN]: options.expiredToken,
    [AK]: options.ak,
    [SK]: options.sk,
    [SECURITY_TOKEN]: options.securityToken,
  });
  if (!settings || !credentials) throw new HarnessError([...problems, ...more].join(' '));
  return run(settings, credentials, options.output ?? QUIET);
}

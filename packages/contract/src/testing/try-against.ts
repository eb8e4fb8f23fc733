/** Tries the suite on the fixture server, and sorts the results for a test to look at. */
import { createAsker } from '../asker.ts';
import { attempt } from '../attempt.ts';
import { plan } from '../cases/plan.ts';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { redactor } from '../redact.ts';
import type { Settings } from '../settings.ts';
import { noFindings } from '../trial.ts';
import { createWatch } from '../watch.ts';
import { createWorld } from '../world.ts';
import { type Defect, type Reply, type Seen, startFixture } from './fixture-server.ts';

/** A token long enough to be found if it were printed. */
export const SECRET = 'MIIEAgYJKoZIhvcNAQcCoIID8zCCA';
export const BASE = {
  projectId: '0123456789abcdef0123456789abcdef',
  timeout: 5,
  patience: 0.3,
  basis: 'all',
  polite: false,
  sandbox: false,
  runs: 2,
  seed: 1,
} as const;

/** Why a case that needs more than the fixture server has is skipped. */
export const LACKING = 'the fixture has no data, and remembers nothing';
const FIXTURE = { rows: LACKING, stateful: LACKING, verify: LACKING, 'rate-limit': LACKING };

/** How the cases of a try ended, by name. */
export interface Tried {
  passed: string[];
  failed: Map<string, string>;
  skipped: Map<string, string>;
  /** Why the run would end before its last case. */
  ended: string | undefined;
  /** Seconds for which it would have waited, in order. */
  waits: number[];
  seen: string[];
}

/** The same as a run, without the second that Vitest takes to start, and on a clock on which no wait takes any time. */
export async function tryAgainst(
  defect?: Defect,
  given: Partial<Settings> = {},
  credentials: Credentials = { token: SECRET },
): Promise<Tried> {
  await using fixture = await startFixture(defect);
  const settings = {
    ...BASE,
    baseUrl: fixture.url,
    examples: false,
    ...given,
    absent: { ...FIXTURE, ...given.absent },
  };
  const { clock, waits } = instantClock();
  const redact = redactor(credentials);
  const ask = createAsker(settings, credentials, clock, redact);
  const world = createWorld(settings, ask, clock);
  const watch = createWatch();
  const findings = noFindings();
  const tried: Tried = {
    passed: [],
    failed: new Map(),
    skipped: new Map(),
    ended: undefined,
    waits,
    seen: fixture.seen,
  };
  for (const line of plan(settings)) {
    const name = `${line.operation.id} ${line.status} ${line.title}`;
    const verdict = await attempt(line, world, findings, redact);
    if (verdict.outcome === 'passed') tried.passed.push(name);
    else if (verdict.outcome === 'failed') tried.failed.set(name, verdict.failure);
    else tried.skipped.set(name, verdict.reason);
    tried.ended = watch(name, verdict);
    if (tried.ended) break;
  }
  return tried;
}

/** A clock that moves on only when one waits, and at once then. It keeps the waits, in seconds. */
export function instantClock(): { clock: Clock; waits: number[] } {
  let now = Date.now();
  const waits: number[] = [];
  const pause = async (milliseconds: number) => {
    waits.push(milliseconds / 1000);
    now += milliseconds;
  };
  return { clock: { now: () => now, pause }, waits };
}

/** A defect of one operation's answers with one status. */
export function on(
  operationId: string,
  status: number,
  change: (reply: Reply) => ReturnType<Defect>,
): Defect {
  return (reply, { operation }) =>
    operation?.id === operationId && reply.status === status ? change(reply) : reply;
}

/** A defect that puts one text in place of another. */
export function replaced(from: string, to: string): Defect {
  return (reply) => ({ ...reply, body: reply.body.replaceAll(`"${from}"`, `"${to}"`) });
}

/** A defect that refuses with 429, as the contract has it. */
export function throttled(seconds: number, which: (seen: Seen) => boolean = () => true): Defect {
  return (reply, seen) => {
    if (!which(seen)) return reply;
    const headers = { ...reply.headers, 'Content-Type': 'application/json', 'Retry-After': String(seconds) };
    return { status: 429, headers, body: '{"error_code":"APIGW.0308","error_msg":"Too many requests."}' };
  };
}

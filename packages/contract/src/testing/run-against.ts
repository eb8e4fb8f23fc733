/** Runs the suite against the fixture server, and sorts the results for a test to look at. */
import { attempt } from '../attempt.ts';
import { plan } from '../cases/plan.ts';
import { type Credentials, redactor } from '../credentials.ts';
import { type RunOptions, runContract } from '../index.ts';
import { sender } from '../request.ts';
import { createWorld } from '../world.ts';
import { type Defect, type Reply, startFixture } from './fixture-server.ts';

/** A token long enough to be found if it were printed. */
export const SECRET = 'MIIEAgYJKoZIhvcNAQcCoIID8zCCA';
export const BASE = { projectId: '0123456789abcdef0123456789abcdef', timeout: 5, patience: 0.3 };

export interface Run {
  failed: { name: string; failure: string }[];
  skipped: { name: string; reason: string }[];
  passed: number;
  exitCode: number;
  printed: string;
  seen: string[];
}

/** A run as it is, Vitest included. */
export async function runAgainst(defect?: Defect, options: Partial<RunOptions> = {}): Promise<Run> {
  await using fixture = await startFixture(defect);
  let printed = '';
  const output = { write: (text: string) => (printed += text) };
  const who = options.ak ? {} : { token: SECRET };
  const { cases, passed, exitCode } = await runContract({
    ...BASE,
    ...who,
    baseUrl: fixture.url,
    output,
    ...options,
  });
  const name = ({ operationId, status, title }: (typeof cases)[number]) =>
    `${operationId} ${status} ${title}`;
  return {
    failed: cases
      .filter((one) => one.outcome === 'failed')
      .map((one) => ({ name: name(one), failure: one.failure ?? '' })),
    skipped: cases
      .filter((one) => one.outcome === 'skipped')
      .map((one) => ({ name: name(one), reason: one.reason ?? '' })),
    passed,
    exitCode,
    printed,
    seen: fixture.seen,
  };
}

/** The failures of a run by name, without the half second that Vitest takes to start. */
export async function failuresOf(defect: Defect, examples = false): Promise<Map<string, string>> {
  await using fixture = await startFixture(defect);
  const settings = { ...BASE, baseUrl: fixture.url, examples, absent: {} };
  const credentials: Credentials = { kind: 'token', token: SECRET };
  const world = createWorld(settings, sender(settings, credentials), new Date());
  const failures = new Map<string, string>();
  for (const line of plan(settings)) {
    const verdict = await attempt(line, world, redactor(credentials));
    if (verdict.outcome !== 'failed') continue;
    failures.set(`${line.operation.id} ${line.status} ${line.title}`, verdict.failure);
  }
  return failures;
}

/** A defect of one operation's answers with one status. */
export function on(operationId: string, status: number, change: (reply: Reply) => Reply): Defect {
  return (reply, { operation }) =>
    operation?.id === operationId && reply.status === status ? change(reply) : reply;
}

/** A defect that puts one text in place of another. */
export function replaced(from: string, to: string): Defect {
  return (reply) => ({ ...reply, body: reply.body.replaceAll(`"${from}"`, `"${to}"`) });
}

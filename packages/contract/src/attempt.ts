/** Tries one line of the plan: sends its request, judges the answer, and says how it ended. */
import type { Case } from './cases/case.ts';
import type { Planned } from './cases/plan.ts';
import { explain } from './explain.ts';
import { judge } from './judge.ts';
import { type Answer, NoAnswer } from './request.ts';
import { Skip, type World } from './world.ts';

/** How a case ended: what is wrong where it failed, and whether for want of an answer; the reason where it was skipped. */
export type Verdict =
  | { outcome: 'passed' }
  | { outcome: 'failed'; failure: string; unanswered?: NoAnswer }
  | { outcome: 'skipped'; reason: string };

/** Tries a line of the plan. Throws only what is a defect of the suite itself. */
export async function attempt(
  line: Planned,
  world: World,
  redact: (text: string) => string,
): Promise<Verdict> {
  const { operation, basis, skip, run } = line;
  if (!run) return { outcome: 'skipped', reason: skip ?? 'there is no case' };
  try {
    const { curl, answer } = await run.send(world);
    const broken = judge(operation, statusesOf(run, answer), basis, answer);
    if (broken.length === 0) broken.push(...((await run.also?.(answer, world)) ?? []));
    if (broken.length === 0) return { outcome: 'passed' };
    return { outcome: 'failed', failure: explain(operation, curl, broken, answer, redact) };
  } catch (error) {
    if (error instanceof Skip) return { outcome: 'skipped', reason: error.message };
    if (!(error instanceof NoAnswer)) throw error;
    const rule = { rule: 'Every request is answered.', expected: 'an answer', came: error.message, basis };
    const failure = explain(operation, error.curl, [rule], undefined, redact);
    return { outcome: 'failed', failure, unanswered: error };
  }
}

/** A 429 that comes this far does not say how long to wait, or not well: what is wrong is not the status. */
function statusesOf({ operation, statuses }: Case, { status }: Answer): readonly number[] {
  return status === 429 && operation.responses.has(429) ? [429, ...statuses] : statuses;
}

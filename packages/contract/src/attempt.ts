/** Tries one line of the plan, and says how it ended. */
import type { Planned } from './cases/plan.ts';
import { explain } from './explain.ts';
import { NoAnswer } from './request.ts';
import { Breach, type Findings, Trial } from './trial.ts';
import { Skip, type World } from './world.ts';

/** How a case ended: what is wrong where it failed, and whether for want of an answer; the reason where it was skipped. */
export type Verdict =
  | { outcome: 'passed' }
  | { outcome: 'failed'; failure: string; unanswered?: NoAnswer }
  | { outcome: 'skipped'; reason: string };

/** Tries a line of the plan. Throws only what is a defect of the suite itself. */
export async function attempt(
  { operation, basis, skip, run }: Planned,
  world: World,
  findings: Findings,
  redact: (text: string) => string,
): Promise<Verdict> {
  if (!run) return { outcome: 'skipped', reason: skip ?? 'there is no case' };
  const trial = new Trial(world, basis, findings, run.plain);
  try {
    await run.run(trial);
    return { outcome: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return { outcome: 'skipped', reason: redact(error.message) };
    if (error instanceof Breach) {
      if (!findings.told.has(operation)) findings.told.set(operation, run.title);
      return { outcome: 'failed', failure: explain(operation, error.broken, trial.exchanges, redact) };
    }
    if (!(error instanceof NoAnswer)) throw error;
    const first = findings.unanswered.get(error);
    if (first) return { outcome: 'skipped', reason: `a request that it needs had no answer; see ${first}` };
    findings.unanswered.set(error, `${operation.id} ${run.status} ${run.title}`);
    const rule = { rule: 'Every request is answered.', expected: 'an answer', came: error.message, basis };
    const exchanges = [...trial.exchanges, { curl: error.curl }];
    return { outcome: 'failed', failure: explain(operation, [rule], exchanges, redact), unanswered: error };
  }
}

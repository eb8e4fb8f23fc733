/** Notices that the server is gone, so that a run ends there instead of failing, or waiting, anew with every case. */
import type { Verdict } from './attempt.ts';
import type { NoAnswer } from './request.ts';

const ENOUGH = 3;

/** Gives a function that is told how each case ended, and that says why the run must end, once it must. */
export function createWatch(): (name: string, verdict: Verdict) => string | undefined {
  let lost: NoAnswer[] = [];
  let answered: string | undefined;
  return (name, verdict) => {
    const unanswered = verdict.outcome === 'failed' ? verdict.unanswered : undefined;
    if (verdict.outcome !== 'skipped' && !unanswered) {
      lost = [];
      answered = name;
    }
    // Cases that need the same request, such as the start, share its one failure.
    if (unanswered && !lost.includes(unanswered)) lost.push(unanswered);
    if (lost.length < ENOUGH) return undefined;
    const last = answered ? `The last answer came to "${answered}".` : 'No case was answered.';
    return `does not answer any more: ${ENOUGH} cases in a row had no answer (${lost.at(-1)?.message}). ${last}`;
  };
}

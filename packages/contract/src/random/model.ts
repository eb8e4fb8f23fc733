/** The life of a task as the contract has it: what may be seen of it, given what was done and seen before. */
import { follows } from '../life/steady.ts';
import type { Task } from '../world.ts';

/** A claim about a task: true, false, or not known. */
export type Claim = 'yes' | 'no' | 'maybe';

/** What is known of a task. */
export interface Known {
  id: string;
  /** Whether it is there: not if it was deleted. */
  there: Claim;
  /** The last status that was seen, if any. */
  seen?: string;
  downloaded: Claim;
  /** Whether the clock was moved beyond its end, since it ended. */
  due: Claim;
}

/** What happens to a task at the same time, in requests whose order nobody knows. */
export interface Meanwhile {
  deleted: boolean;
  downloaded: boolean;
  aged: boolean;
}

/** Nothing at the same time. */
export const ALONE: Meanwhile = { deleted: false, downloaded: false, aged: false };

/** A task that was just started. */
export const born = (id: string): Known => ({ id, there: 'yes', downloaded: 'no', due: 'no' });

/** Whether a list must have the task, whatever is_download may hide. */
export function listed({ there }: Known, { deleted }: Meanwhile): Claim {
  return there === 'yes' && deleted ? 'maybe' : there;
}

/** Whether the task is called downloaded. */
export function marked({ downloaded }: Known, meanwhile: Meanwhile): Claim {
  return downloaded === 'no' && meanwhile.downloaded ? 'maybe' : downloaded;
}

/** Whether the task may be in this status. */
export function mayBe({ seen, due }: Known, status: unknown, { aged }: Meanwhile): boolean {
  if (seen !== undefined && !follows(seen, status)) return false;
  if (status === 'EXPIRED') return due !== 'no' || aged || seen === 'EXPIRED';
  return !(due === 'yes' && status === 'SUCCESS');
}

/** What is wrong with a task as it is listed, in the words of a rule; nothing if it may be so. */
export function strange(
  known: Known,
  task: Task,
  meanwhile: Meanwhile,
): { rule: string; expected: string } | undefined {
  if (listed(known, meanwhile) === 'no') {
    return { rule: 'A deleted task is not listed any more.', expected: `no ${known.id}` };
  }
  if (!mayBe(known, task.status, meanwhile)) {
    return {
      rule: 'The status of a task moves from CREATING to SUCCESS or FAIL, from SUCCESS to EXPIRED, and never back.',
      expected: `a status that may follow ${known.seen ?? 'the start'}${known.due === 'yes' ? ', now that its file has expired' : ''}`,
    };
  }
  const claim = marked(known, meanwhile);
  const told = task.is_download;
  if (typeof told === 'boolean' && claim !== 'maybe' && told !== (claim === 'yes')) {
    return {
      rule: 'is_download says whether the file has been downloaded already.',
      expected: `is_download ${claim === 'yes'}`,
    };
  }
  return undefined;
}

/** Whether the task has a file to download. */
export function hasFile({ there, seen, due }: Known, { deleted, aged }: Meanwhile): Claim {
  if (there === 'no' || seen === 'FAIL' || seen === 'EXPIRED') return 'no';
  if (seen === 'SUCCESS' && due === 'yes') return 'no';
  const sure = there === 'yes' && !deleted && seen === 'SUCCESS' && due === 'no' && !aged;
  return sure ? 'yes' : 'maybe';
}

/** Keeps the status that was seen: of two seen at the same time, the later one. */
export function see(known: Known, status: unknown): void {
  const text = String(status);
  if (known.seen === undefined || follows(known.seen, text)) known.seen = text;
}

/** Moves the clock beyond the end of a task that has ended; one that had not may have, meanwhile. */
export function age(known: Known, ended: boolean): void {
  if (ended) known.due = 'yes';
  else if (known.due === 'no') known.due = 'maybe';
}

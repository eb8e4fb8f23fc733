/** Time, as a run sees it. A test gives a clock of its own, on which no wait takes long. */
import { setTimeout } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
  pause: (milliseconds: number) => Promise<unknown>;
}

/** The clock of this machine. */
export const clock: Clock = { now: Date.now, pause: (milliseconds) => setTimeout(milliseconds) };

/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

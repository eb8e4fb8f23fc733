/** Tries a rule on values made up at random, and tells the shortest that breaks it. */
import fc from 'fast-check';
import type { Operation } from '../contract.ts';
import type { Broken } from '../judge.ts';
import type { Exchange } from '../request.ts';
import type { Settings } from '../settings.ts';
import { Breach, type Trial } from '../trial.ts';
import { Skip } from '../world.ts';

/** A rule for any value of a kind. */
export interface Rule<Value> {
  /** What a failure may have to do with: if a case of one of them failed already, this one only repeats it. */
  operations: readonly Operation[];
  values: fc.Arbitrary<Value>;
  runs: number;
  /** Throws `Breach` where the rule is broken. Its requests are those of the trial. */
  holds: (value: Value) => Promise<void>;
}

/** How long to try values in any case, and how long to look for a shorter one that breaks the rule, in milliseconds. */
const BUDGET = 30_000;
const SHRINKING = 4000;
/** How long one value may take, in milliseconds: who asks for many has the time for them. */
const EACH = { polite: 1000, quick: 300 } as const;
const SHOWN = 200;

interface Found {
  broken: readonly Broken[];
  exchanges: Exchange[];
}

/** Tries the rule. Throws the `Breach` of the shortest value found; `Skip` where another case told as much already. */
export async function checkAtRandom<Value>(trial: Trial, rule: Rule<Value>): Promise<void> {
  const { clock, settings } = trial.world;
  let until = clock.now() + budgetOf(settings);
  let found: Found | undefined;
  let stopped: unknown;
  const property = fc.asyncProperty(rule.values, async (value) => {
    // What is left then passes, which is how a search for shorter values ends.
    if (stopped !== undefined || clock.now() > until) return;
    trial.exchanges.length = 0;
    try {
      await rule.holds(value);
    } catch (error) {
      // No answer, or nothing to try it on: that has nothing to do with the value, and no shorter one would help.
      if (!(error instanceof Breach)) {
        stopped = error;
        return;
      }
      if (!found) until = clock.now() + SHRINKING;
      // Each that fails is shorter than the last one.
      found = { broken: error.broken, exchanges: [...trial.exchanges] };
      throw error;
    }
  });
  await fc.check(property, { seed: settings.seed, numRuns: rule.runs });
  if (found) tell(trial, rule.operations, found);
  if (stopped !== undefined) throw stopped;
}

/** How long a case may try values, in milliseconds: longer the more were asked for. */
export function budgetOf({ runs, polite }: Pick<Settings, 'runs' | 'polite'>): number {
  return Math.max(BUDGET, runs * (polite ? EACH.polite : EACH.quick));
}

function tell(trial: Trial, operations: readonly Operation[], { broken, exchanges }: Found): void {
  const { seed, runs } = trial.world.settings;
  trial.exchanges.splice(0, trial.exchanges.length, ...exchanges);
  const told = trial.toldOf(operations);
  if (told) throw new Skip(`what it found may be told already by "${told}": ${broken[0]?.rule}`);
  trial.fail(
    broken.map((one) => {
      const came = one.came.length > SHOWN ? `${one.came.slice(0, SHOWN)}…` : one.came;
      return { ...one, came: `${came} (--seed ${seed} --runs ${runs} repeats it)` };
    }),
  );
}

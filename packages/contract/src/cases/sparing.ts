/** One defect, few failures: what is wrong with one parameter is often wrong with all that the same code reads. */
import { oncePerWorld } from '../memo.ts';
import { Breach } from '../trial.ts';
import { Skip } from '../world.ts';
import type { Case } from './case.ts';

/** How many cases of a kind tell of a failure before the others leave it at that. */
const MOST = 2;

/** The same cases, of which those are skipped that would fail as others of their kind have done. */
export function sparing(cases: readonly Case[]): Case[] {
  const told = oncePerWorld(() => new Map<string, string[]>());
  return cases.map((one) => ({
    ...one,
    run: async (trial) => {
      try {
        await one.run(trial);
      } catch (error) {
        if (!(error instanceof Breach)) throw error;
        const kinds = told(trial.world);
        const titles = kinds.get(kindOf(one)) ?? [];
        if (titles.length >= MOST)
          throw new Skip(`it fails as others of its kind do; see ${titles.join(' and ')}`);
        kinds.set(kindOf(one), [...titles, `“${one.operation.id}: ${one.title}”`]);
        throw error;
      }
    },
  }));
}

/** A title without what differs between the parameters and the operations that it may be about. */
function kindOf({ operation, title }: Case): string {
  // Whatever part of a signature is not looked at, the whole of it may not be.
  if (title.startsWith('refuses a signature')) return 'refuses a signature';
  const names = operation.parameters.map(({ name }) => name).join('|');
  return `${title.replace(new RegExp(`\\b(${names})\\b`, 'g'), '').replace(/[A-Z]{3,}|\d+|\ban?\b/g, '')}`;
}

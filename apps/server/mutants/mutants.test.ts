import { expect, test } from 'vitest';
import { mutants } from './index.ts';
import { changed, changesOf, sourceOf } from './mutant.ts';
import { catcherOf, failuresOf, nameOf, tryMutant } from './trial.ts';

test('every mutant changes a text that is in the server exactly once', () => {
  const stray = mutants.flatMap((mutant) => {
    try {
      const sources = new Map<string, string>();
      for (const change of changesOf(mutant)) {
        const source = sources.get(change.file) ?? sourceOf(change.file);
        sources.set(change.file, changed(source, change));
      }
      const [same] = [...sources].filter(([file, source]) => source === sourceOf(file));
      return same ? `${mutant.defect}: changes nothing` : [];
    } catch (error) {
      return `${mutant.defect}: ${(error as Error).message}`;
    }
  });
  expect(stray, 'The server has changed: put what it has now into apps/server/mutants/defects.').toEqual([]);
});

test('no two mutants have the same defect', () => {
  const defects = mutants.map(({ defect }) => defect);
  expect(defects).toEqual([...new Set(defects)]);
});

/** One of each kind; `pnpm --filter @connection-records/contract mutants` tries all of them. */
const sample = [
  'the end of a window is taken in',
  'a text with a comma has no quotes',
  'the list of tasks has those of other projects',
];

test.each(sample)('the suite finds that %s', { timeout: 120_000 }, async (defect) => {
  const mutant = mutants.find((one) => one.defect === defect)!;
  const trial = await tryMutant(mutant);
  expect(trial.problem).toBeUndefined();
  expect(catcherOf(mutant, trial), failuresOf(trial).map(nameOf).join('\n')).toBeDefined();
  expect(failuresOf(trial).length).toBeLessThanOrEqual(6);
});

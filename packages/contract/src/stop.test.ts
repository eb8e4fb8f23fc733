import { describe, expect, it } from 'vitest';
import { clock } from './clock.ts';
import { inWords, stoppable } from './stop.ts';
import { Skip } from './world.ts';

describe('a run that is stopped', () => {
  it('waits no longer', async () => {
    const controller = new AbortController();
    const wait = stoppable(clock, controller.signal).pause(60_000);
    controller.abort();
    await expect(wait).rejects.toThrow(Skip);
  });

  it.each([
    [{ deleted: 1, stay: [] }, '1 task of this run was deleted, and none stays.'],
    [{ deleted: 2, stay: ['a', 'b'] }, '2 tasks of this run were deleted. 2 tasks could not be: a, b.'],
    [undefined, 'What it started is not known.'],
  ])('says what became of its tasks: %o', (tidied, text) => {
    expect(inWords(tidied)).toBe(text);
  });
});

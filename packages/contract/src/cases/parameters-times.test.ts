import { describe, expect, it } from 'vitest';
import type { Ask } from '../request.ts';
import { BASE } from '../testing/try-against.ts';
import { noFindings, Trial } from '../trial.ts';
import { createWorld, type World } from '../world.ts';
import { timeCases } from './parameters-times.ts';

// So early in the hour that a slow clock is still in the one before.
const NOW = Date.parse('2026-02-10T09:00:01Z');
const almost = timeCases().filter(({ title }) => title.startsWith('accepts a window of almost 30 days'));

/** The end_time that the case asks for, of a server with this Date. */
async function endAskedFor(run: (trial: Trial) => Promise<void>, date: string | undefined): Promise<number> {
  let asked: Ask | undefined;
  const ask: World['ask'] = async (request) => {
    if (request.query?.end_time) asked = request;
    const headers = new Headers(date === undefined ? {} : { date });
    return { curl: 'curl', answer: { status: 200, headers, bytes: new Uint8Array() } };
  };
  const settings = { ...BASE, baseUrl: 'http://any', examples: false, absent: {} };
  const world = createWorld(settings, ask, { now: () => NOW, pause: async () => {} });
  // What is wrong with so plain an answer is not the matter here.
  await run(new Trial(world, { kind: 'documented', why: 'test' }, noFindings())).catch(() => {});
  return Date.parse(String(asked?.query?.end_time));
}

describe('a window that ends just now', () => {
  it('is tried on both operations that have one', () => {
    expect(almost).toHaveLength(2);
  });

  it.each([
    ['two seconds slow', 'Tue, 10 Feb 2026 08:59:59 GMT', Date.parse('2026-02-10T08:58:59Z')],
    ['right', 'Tue, 10 Feb 2026 09:00:01 GMT', Date.parse('2026-02-10T08:59:01Z')],
    ['not told', undefined, Date.parse('2026-02-10T08:59:01Z')],
  ])('lies in the past of a server whose clock is %s', async (_, date, latest) => {
    for (const { run } of almost) {
      const end = await endAskedFor(run, date);
      expect(end).toBeLessThanOrEqual(latest);
      expect(end).toBeGreaterThan(latest - 60_000);
    }
  });
});

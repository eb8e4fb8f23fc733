import { describe, expect, it } from 'vitest';
import { operationNamed } from './contract.ts';
import type { Exchange } from './request.ts';
import type { Defect, Seen } from './testing/fixture-server.ts';
import { BASE, instantClock, throttled, tryAgainst } from './testing/try-against.ts';
import { patiently } from './throttle.ts';
import { Breach, noFindings, Trial } from './trial.ts';
import { createWorld, Skip } from './world.ts';

const LIST = operationNamed('listExportTasks');

const START = 'exportConnectionRecords 200 starts an export and answers with the id of its task';
const DELETE = 'deleteExportTasks 200 deletes the task that this run started';

describe('a server that answers 429 at times', () => {
  it('is asked again after as many seconds as it says, and then judged', async () => {
    const { failed, skipped, waits } = await tryAgainst(
      everyOther(({ operation }) => operation?.id === 'listConnectionRecords'),
      { patience: 10 },
    );
    expect([...failed]).toEqual([]);
    expect([...skipped.values()].filter((reason) => reason.includes('429'))).toEqual([]);
    expect(waits.length).toBeGreaterThan(10);
    expect(new Set(waits)).toEqual(new Set([7]));
  });

  it.each([
    ['without Retry-After', undefined, [1, 2, 4]],
    ['with a date in Retry-After', (now: number) => new Date(now + 5000).toUTCString(), [5, 5, 5]],
  ])('%s, is asked again nevertheless, and judged for what comes then', async (_, retryAfter, waits) => {
    const { clock, waits: waited } = instantClock();
    let refused = 0;
    const ask = patiently(
      async () => exchange(refused++ < 3 ? 429 : 200, retryAfter?.(Math.ceil(clock.now() / 1000) * 1000)),
      60,
      clock,
    );
    expect((await ask({ operation: LIST })).answer.status).toBe(200);
    for (const [turn, seconds] of waits.entries()) {
      expect(waited[turn]).toBeGreaterThanOrEqual(seconds);
      expect(waited[turn]).toBeLessThanOrEqual(seconds + 1);
    }
  });

  it.each([
    ['a read once after a 503 that passes', {}, 200, [7]],
    ['no request that wants the 503', { wants: 503 }, 503, []],
    ['nothing that changes something', { operation: operationNamed('deleteExportTasks') }, 503, []],
  ])('repeats %s', async (_, asked, status, waits) => {
    const { clock, waits: waited } = instantClock();
    let turn = 0;
    const ask = patiently(async () => exchange(turn++ === 0 ? 503 : 200, '7'), 60, clock);
    expect((await ask({ operation: LIST, ...asked })).answer.status).toBe(status);
    expect(waited).toEqual(waits);
  });

  it('is not taken to have given the answer that a case wants', async () => {
    const settings = { ...BASE, baseUrl: 'http://any', examples: false, absent: {} };
    const { clock } = instantClock();
    const world = createWorld(settings, async () => exchange(429, undefined), clock);
    const findings = noFindings();
    const trial = () => new Trial(world, { kind: 'documented', why: 'any' }, findings);
    await expect(trial().ask({ operation: LIST }, [200])).rejects.toThrow(Breach);
    await expect(trial().ask({ operation: LIST }, [200])).rejects.toThrow(Skip);
    await expect(trial().send({ operation: LIST })).rejects.toThrow('the server answers 429');
  });

  it('is asked again to delete, for a 429 has deleted nothing', async () => {
    const { passed, seen } = await tryAgainst(
      everyOther(({ operation }) => operation?.id === 'deleteExportTasks'),
      { patience: 10 },
    );
    expect(passed).toContain(DELETE);
    expect(seen.filter((request) => request.startsWith('POST')).length).toBeGreaterThan(10);
  });

  it('is not asked again to start an export', async () => {
    const starts = ({ operation, url }: Seen) =>
      operation?.id === 'exportConnectionRecords' && url.searchParams.has('language');
    const { failed, skipped, waits } = await tryAgainst(throttled(1, starts), { patience: 10 });
    expect([...failed]).toEqual([]);
    expect(skipped.get(START)).toBe('the server answers 429, and a start is not repeated');
    expect(skipped.get(DELETE)).toBe('the server answers 429, and a start is not repeated');
    expect(waits).toEqual([]);
  });
});

describe('a server that answers 429 for good', () => {
  it.each([
    [4, [4, 4]],
    [11, []],
    [0, Array(10).fill(1)],
  ])(
    'with Retry-After: %i is waited for once, to the end of the patience, and all is skipped',
    async (seconds, waited) => {
      const { passed, failed, skipped, waits } = await tryAgainst(throttled(seconds), { patience: 10 });
      expect(passed).toEqual([]);
      expect([...failed]).toEqual([]);
      expect(skipped.get('listExportTasks 200 lists the tasks')).toMatch(
        /^the server answers 429, to wait \d+ s more, beyond the 10 s of --patience$/,
      );
      expect(waits).toEqual(waited);
    },
  );
});

/** An answer with nothing in it but perhaps a time to come back. */
function exchange(status: number, retryAfter: string | undefined): Exchange {
  const headers = new Headers({
    'Content-Type': 'application/json',
    'X-Request-Id': '9f2d1c44b0a8e7d3',
    ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
  });
  const bytes = new TextEncoder().encode('{"error_code":"APIGW.0308","error_msg":"Too many requests."}');
  return { curl: 'curl', answer: { status, headers, bytes } };
}

function everyOther(which: (seen: Seen) => boolean): Defect {
  let turn = 0;
  return throttled(7, (seen) => which(seen) && turn++ % 2 === 0);
}

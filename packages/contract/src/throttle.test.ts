import { describe, expect, it } from 'vitest';
import type { Defect, Seen } from './testing/fixture-server.ts';
import { throttled, tryAgainst } from './testing/try-against.ts';

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

function everyOther(which: (seen: Seen) => boolean): Defect {
  let turn = 0;
  return throttled(7, (seen) => which(seen) && turn++ % 2 === 0);
}

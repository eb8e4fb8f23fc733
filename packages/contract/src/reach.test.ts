import { describe, expect, it } from 'vitest';
import { reach } from './reach.ts';
import { type Ask, NoAnswer } from './request.ts';
import { BASE, instantClock } from './testing/try-against.ts';

const SETTINGS = { ...BASE, baseUrl: 'http://any', examples: false, absent: {} };
const BOTH = { token: 'a token', keys: { ak: 'AK', sk: 'SK' } };

/** An answer by the status of the request: with a body of JSON. */
function answer(status: number, body: object = {}) {
  return {
    curl: 'curl',
    answer: { status, headers: new Headers(), bytes: new TextEncoder().encode(JSON.stringify(body)) },
  };
}

describe('a server that is about to start', () => {
  it.each([
    [20, true],
    [60, false],
  ])('and refuses %i connections is waited for, up to ten seconds', async (refusals, reached) => {
    let turn = 0;
    const { clock, waits } = instantClock();
    const asked = reach(
      SETTINGS,
      { token: 'any' },
      async () => {
        if (turn++ < refusals) throw new NoAnswer('nothing listens there', 'curl', { code: 'ECONNREFUSED' });
        return answer(200);
      },
      clock,
    );
    if (reached) await asked;
    else await expect(asked).rejects.toThrow('cannot be reached: nothing listens there');
    expect(waits.reduce((all, wait) => all + wait, 0)).toBe(reached ? 5 : 10);
  });
});

describe('keys beside a token', () => {
  const refuses =
    (error_msg: string, status = 401) =>
    async ({ proof }: Ask) =>
      proof ? answer(status, { error_code: 'APIGW.0301', error_msg }) : answer(200);
  const { clock } = instantClock();

  it('that the server does not know end the run, with the names of their variables', async () => {
    const asked = reach(SETTINGS, BOTH, refuses('The access key does not exist.'), clock);
    await expect(asked).rejects.toThrow(
      'takes the token and refuses the keys. Check HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK',
    );
  });

  it.each([
    ['whose signature is refused', SETTINGS, refuses('The signature is wrong.')],
    ['that are locked', SETTINGS, refuses('AK access failed to reach the limit')],
    [
      'where no signature is tried',
      { ...SETTINGS, absent: { verify: '--without verify' } },
      refuses('no such access key'),
    ],
  ])('%s do not: the cases tell', async (_, settings, ask) => {
    await reach(settings, BOTH, ask, clock);
  });
});

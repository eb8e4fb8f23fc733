import { expect, it } from 'vitest';
import { attempt } from '../attempt.ts';
import { BASE } from '../testing/try-against.ts';
import { noFindings } from '../trial.ts';
import { createWorld, type World } from '../world.ts';
import { leakCases } from './auth-leaks.ts';

const OWN = 'gives every answer an X-Request-Id of its own';
const SAME = 'gives an error the request_id that is the X-Request-Id of its answer';

/** The titles of the cases of ids that fail on a server with these ids. */
async function failing(ids: (number: number) => { header: string; body: string }): Promise<string[]> {
  let asked = 0;
  const ask: World['ask'] = async ({ suffix, query }) => {
    asked += 1;
    const { header, body } = ids(asked);
    const wrong = suffix !== undefined || query !== undefined;
    const error = { error_code: 'WKS.00000400', error_msg: 'No.', request_id: body };
    const text = JSON.stringify(wrong ? error : { export_tasks: [], count: 0 });
    const headers = new Headers({ 'Content-Type': 'application/json', 'X-Request-Id': header });
    const bytes = new TextEncoder().encode(text);
    return { curl: 'curl', answer: { status: suffix ? 404 : wrong ? 400 : 200, headers, bytes } };
  };
  const settings = { ...BASE, baseUrl: 'http://any', examples: false, absent: {} };
  const world = createWorld(settings, ask, { now: Date.now, pause: async () => {} });
  const titles: string[] = [];
  for (const run of leakCases().filter(({ title }) => title === OWN || title === SAME)) {
    const verdict = await attempt({ ...run, run }, world, noFindings(), (text) => text);
    if (verdict.outcome !== 'passed') titles.push(run.title);
  }
  return titles;
}

it('an id that two answers have, and one that an error has instead of its own, are told by a case each', async () => {
  const id = (number: number) => number.toString(16).padStart(32, '0');
  expect(await failing((number) => ({ header: id(number), body: id(number) }))).toEqual([]);
  expect(await failing(() => ({ header: id(1), body: id(1) }))).toEqual([OWN]);
  expect(await failing((number) => ({ header: id(number), body: id(0) }))).toEqual([SAME]);
});

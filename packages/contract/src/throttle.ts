/** What a run does about 429, which a server may answer to any request: wait for as long as it says, and ask again. */
import { basisOfStatus } from './cases/case.ts';
import type { Clock } from './clock.ts';
import { judge } from './judge.ts';
import type { Answer, Ask } from './request.ts';
import { Skip, type World } from './world.ts';

/**
 * Asks again after a 429 as the contract has it, for as many seconds as the patience is; then throws `Skip`. Any other
 * 429 is an answer like all others, to be judged.
 */
export function patiently(ask: World['ask'], patience: number, clock: Clock): World['ask'] {
  // A server that is throttled for good would else be waited for anew with every case.
  let spent = false;
  return async (request) => {
    for (let waited = 0; ; ) {
      const exchange = await ask(request);
      const seconds = request.wants429 ? undefined : secondsToWait(request, exchange.answer);
      if (seconds === undefined) return exchange;
      if (starts(request)) throw new Skip('the server answers 429, and a start is not repeated');
      spent ||= waited + seconds > patience;
      if (spent) {
        throw new Skip(
          `the server answers 429, to wait ${seconds} s more, beyond the ${patience} s of --patience`,
        );
      }
      await clock.pause(seconds * 1000);
      waited += seconds;
    }
  };
}

function secondsToWait({ operation }: Ask, answer: Answer): number | undefined {
  if (answer.status !== 429 || !operation.responses.has(429)) return undefined;
  if (judge(operation, [429], basisOfStatus(operation, 429), answer).length > 0) return undefined;
  // At least a second, or a server that says 0 would be asked without end.
  return Math.max(1, Number(answer.headers.get('retry-after')));
}

/** A 429 did nothing, so even a POST is sent again. A start has no key to make it idempotent: it is sent once, come what may. */
function starts({ operation }: Ask): boolean {
  return operation.method === 'GET' && operation.changes;
}

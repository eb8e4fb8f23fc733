/** How fast a run asks: as `--polite` has it, and, after a 429, as the server has it. */
import type { Clock } from './clock.ts';
import { basisOfStatus } from './contract.ts';
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

/** Milliseconds between two requests of a kind, for the vendor's 200 reads and 100 changes a minute of one user. */
const APART = { reads: 300, changes: 600 };

/** Asks no faster than the vendor documents. */
export function politely(ask: World['ask'], clock: Clock): World['ask'] {
  const next = { reads: 0, changes: 0 };
  return async (request) => {
    const kind = request.operation.changes ? 'changes' : 'reads';
    const at = Math.max(next[kind], clock.now());
    next[kind] = at + APART[kind];
    if (at > clock.now()) await clock.pause(at - clock.now());
    return ask(request);
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

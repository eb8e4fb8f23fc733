/** How fast a run asks: as `--polite` has it, and, after a 429, as the server has it. */
import type { Clock } from './clock.ts';
import { basisOfStatus } from './contract.ts';
import { judge } from './judge.ts';
import { type Answer, type Ask, mayChange } from './request.ts';
import { Skip, type World } from './world.ts';

/**
 * Asks again after a 429, for as many seconds as the patience is, and once after a 503 that says when to come back. A 429
 * that stays throws `Skip`, unless there is something wrong with it: then it is an answer like all others, to be judged.
 */
export function patiently(ask: World['ask'], patience: number, clock: Clock): World['ask'] {
  // A server that is throttled for good would else be waited for anew with every case.
  let spent = false;
  return async (request) => {
    let waited = 0;
    for (let turn = 0; ; turn += 1) {
      const exchange = await ask(request);
      const { answer } = exchange;
      if (request.wants !== undefined || !isBusy(request, answer, turn)) return exchange;
      const seconds = secondsToWait(answer, turn, clock.now());
      const isThrottled = answer.status === 429;
      const isTooLong = spent || waited + seconds > patience;
      if (isThrottled && !starts(request)) spent = isTooLong;
      if (isTooLong || starts(request)) {
        if (!isThrottled || !isWellFormed(request, answer)) return exchange;
        throw new Skip(
          starts(request)
            ? 'the server answers 429, and a start is not repeated'
            : `the server answers 429, to wait ${seconds} s more, beyond the ${patience} s of --patience`,
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

/** Whether to ask again: a 429 did nothing, whatever was asked; after a 503, a read can be repeated. */
function isBusy(request: Ask, answer: Answer, turn: number): boolean {
  if (answer.status === 429) return request.operation.responses.has(429);
  return answer.status === 503 && !mayChange(request) && turn === 0 && answer.headers.has('retry-after');
}

/** As Retry-After says, in seconds or as a date; without it, 1, 2, 4 … seconds. */
function secondsToWait({ headers }: Answer, turn: number, now: number): number {
  const value = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  // At least a second, or a server that says 0 would be asked without end.
  return Number.isNaN(seconds) ? 2 ** turn : Math.max(1, seconds);
}

function isWellFormed({ operation }: Ask, answer: Answer): boolean {
  return judge(operation, [429], basisOfStatus(operation, 429), answer).length === 0;
}

/** A start has no key to make it idempotent: it is sent once, come what may. */
function starts({ operation }: Ask): boolean {
  return operation.method === 'GET' && operation.changes;
}

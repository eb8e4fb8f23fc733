/** A flood of requests, to see how a server says that it is enough. It is the last thing that a run does. */
import { basisOfStatus, operationNamed } from '../contract.ts';
import { json } from '../judge.ts';
import type { Exchange } from '../request.ts';
import type { Trial } from '../trial.ts';
import { Skip } from '../world.ts';
import type { Case } from './case.ts';

const operation = operationNamed('listConnectionRecords');
/** Small, harmless, and judged even if it is a 429. */
const ASK = { operation, query: { limit: '1' }, wants: 429 } as const;
const MOST = 1000;
const MILLISECONDS = 5000;
const AT_ONCE = 8;

/** One operation is flooded for all: the gateway before them is the same. */
export function floodCase(): Case {
  return {
    operation,
    status: 429,
    title: 'refuses a flood with 429, says for how long, and answers after that',
    basis: basisOfStatus(operation, 429),
    needs: ['rate-limit'],
    late: true,
    run: async (trial) => {
      const refused = await flood(trial);
      const answer = trial.judge(operation, refused, [429]);
      const seconds = Number(answer.headers.get('retry-after'));
      const code = (json(answer) as { error_code?: unknown } | undefined)?.error_code;
      trial.demand(code === 'APIGW.0308', {
        rule: 'The code of a throttled request is APIGW.0308.',
        expected: 'error_code APIGW.0308',
        came: `error_code ${code}`,
      });
      await comesBack(trial, seconds);
    },
  };
}

/** The first answer with 429. Skips if none comes. */
async function flood({ world: { ask, clock } }: Trial): Promise<Exchange> {
  const end = clock.now() + MILLISECONDS;
  let sent = 0;
  let refused: Exchange | undefined;
  let other: number | undefined;
  const worker = async () => {
    while (!refused && other === undefined && sent < MOST && clock.now() < end) {
      sent += 1;
      const exchange = await ask(ASK);
      const { status } = exchange.answer;
      if (status === 429) refused ??= exchange;
      else if (status !== 200) other = status;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (refused) return refused;
  throw new Skip(
    other === undefined
      ? `${sent} requests within ${MILLISECONDS / 1000} s were all answered`
      : `a flood is answered with ${other} before any 429`,
  );
}

async function comesBack(trial: Trial, seconds: number): Promise<void> {
  const { clock, settings, ask } = trial.world;
  if (seconds > settings.patience)
    throw new Skip(`it says to wait ${seconds} s, beyond the ${settings.patience} s of --patience`);
  await clock.pause(seconds * 1000);
  let exchange = await ask(ASK);
  // Others may share the limit: once more, for as long as is said now.
  const again = Number(exchange.answer.headers.get('retry-after') ?? 1);
  if (exchange.answer.status === 429 && again <= settings.patience) {
    await clock.pause(again * 1000);
    exchange = await ask(ASK);
  }
  trial.judge(
    operation,
    exchange,
    [200],
    undefined,
    `After the ${seconds} s of Retry-After, the next request is answered.`,
  );
}

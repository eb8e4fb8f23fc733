/** The question before a run: a server that cannot be tested is said in one line instead of a hundred failures. */
import { covers, signing } from './cases/auth-provers.ts';
import type { Clock } from './clock.ts';
import { operationNamed } from './contract.ts';
import { AK, type Credentials, SK } from './credentials.ts';
import { HarnessError } from './harness-error.ts';
import { json } from './judge.ts';
import { type Answer, type Exchange, NoAnswer } from './request.ts';
import type { Settings } from './settings.ts';
import { Skip, type World } from './world.ts';

const QUESTION = operationNamed('listExportTasks');
const ANOTHER = operationNamed('listConnectionRecords');
/** For so long, in milliseconds, a server that nothing listens for may still be starting. */
const STARTING = 10_000;
const PAUSE = 250;

/** Asks the target something harmless. Throws `HarnessError` if it is out of reach, no API, or lets nobody in. */
export async function reach(
  settings: Settings,
  credentials: Credentials,
  ask: World['ask'],
  clock: Clock,
): Promise<void> {
  const { baseUrl } = settings;
  const { answer } = await firstAnswer(ask, clock).catch((error: unknown) => {
    throw noAnswer(baseUrl, error);
  });
  const problem = problemOf(answer);
  if (problem) {
    // A server may be wrong about one operation, which the run will tell, and right about the others.
    const other = (await ask({ operation: ANOTHER }).catch(() => undefined))?.answer;
    const goesOn = isApi(answer) ? other?.status === 200 && isApi(other) : other && isApi(other);
    if (!goesOn) throw new HarnessError(`${baseUrl} ${problem}`);
  }
  if (credentials.token !== undefined && credentials.keys && !settings.absent.verify) {
    await needKeys(baseUrl, ask);
  }
}

/** Waits for a server that is about to listen, as one does that was started in the line before. */
async function firstAnswer(ask: World['ask'], clock: Clock): Promise<Exchange> {
  for (const end = clock.now() + STARTING; ; ) {
    try {
      return await ask({ operation: QUESTION });
    } catch (error) {
      const isStarting = error instanceof NoAnswer && error.code === 'ECONNREFUSED';
      if (!isStarting || clock.now() >= end) throw error;
      await clock.pause(PAUSE);
    }
  }
}

/**
 * Throws if keys are given beside a token and the server does not know them. That a signature is wrong may as well be its own
 * fault, which the cases of signatures tell.
 */
async function needKeys(baseUrl: string, ask: World['ask']): Promise<void> {
  for (const proof of [signing(), signing(covers({ host: undefined }))]) {
    const signed = await ask({ operation: QUESTION, proof }).catch(() => undefined);
    if (!signed || !namesTheKeys(signed.answer)) return;
  }
  throw new HarnessError(
    `${baseUrl} takes the token and refuses the keys. Check ${AK} and ${SK}, or leave them out.`,
  );
}

function namesTheKeys(answer: Answer): boolean {
  if (answer.status !== 401 && answer.status !== 403) return false;
  const { error_code, error_msg } = (json(answer) ?? {}) as { error_code?: unknown; error_msg?: unknown };
  const text = String(error_msg);
  // A key that is locked is right, and so it may be if the signature is what does not fit.
  return (
    error_code === 'APIGW.0301' &&
    /access[ -]?key|secret[ -]?key|\bak\b/i.test(text) &&
    !/signature|lock|limit/i.test(text)
  );
}

function noAnswer(baseUrl: string, error: unknown): unknown {
  if (error instanceof Skip) return new HarnessError(`${baseUrl} cannot be asked: ${error.message}.`);
  if (!(error instanceof NoAnswer)) return error;
  return new HarnessError(
    `${baseUrl} cannot be reached: ${error.message}. Check that the server runs and that --base-url is its address.`,
  );
}

/** Redirects, and pages that are neither JSON nor said to be, come from something that knows nothing of the contract. */
function isApi(answer: Answer): boolean {
  const { status, headers } = answer;
  if (status >= 300 && status < 400) return false;
  return status !== 200 || json(answer) !== undefined || /json/i.test(headers.get('content-type') ?? '');
}

function problemOf(answer: Answer): string | undefined {
  const { status } = answer;
  const asked = `${QUESTION.method} ${QUESTION.path}`;
  if (status >= 300 && status < 400)
    return `answers ${status} to ${asked}: it leads elsewhere. Give the address of the API itself as --base-url, with https:// if it has that.`;
  if (!isApi(answer))
    return `answers ${asked} with something that is no JSON: it is another server than one of the API, or a page before it. Check --base-url.`;
  if (status === 401)
    return 'refuses the credentials with 401. Check them, and that they are of this project and region.';
  if (status === 403)
    return `answers 403: the credentials do not allow ${asked}. Give some that do, or the project that they are for.`;
  if (status === 404)
    return `answers 404 to ${asked}. Check that --base-url ends where the paths of the contract begin, and --project-id.`;
  if (status === 429) return `answers 429 to ${asked}. Try again later.`;
  if (status >= 500)
    return `answers ${status} to ${asked}: it is out of service, or something before it is. Mend that first.`;
  return undefined;
}

import { stat } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { Answer, ConnectionRecordsClient, Result } from '@connection-records/client';
import { type CommonOptions, type Context, printOutcome } from './context.ts';
import { explain, whyUnreachable } from './explain.ts';
import { Ended, exitCodes, type Failure } from './failure.ts';
import { connect, type ServiceOptions, type Settings, settingsOf } from './service.ts';
import { durationInWords } from './words.ts';

/** What was looked at, and what came of it. */
interface Check {
  name: string;
  ok: boolean;
  detail: string;
  /** What to do about it. */
  advice?: string | undefined;
  /** How the command ends for it. */
  exitCode?: number;
}

/** Looks at everything that a call takes, and says what to do about what is not in order. */
export async function doctor(options: ServiceOptions & CommonOptions, context: Context): Promise<void> {
  const checks: Check[] = [];
  await check(checks, options, context).catch((error) => {
    context.signal.throwIfAborted();
    const failure = explain(error, context.signal);
    const name = failure.exitCode === exitCodes.authentication ? 'credentials' : 'settings';
    checks.push(notInOrder(name, failure));
  });
  const bad = checks.find(({ ok }) => !ok);
  const outcome = { ok: !bad, checks: checks.map(({ exitCode, ...shown }) => shown) };
  printOutcome(context, options, outcome, textOf(checks, context));
  if (bad) throw new Ended(bad.exitCode ?? exitCodes.failed);
}

const notInOrder = (name: string, { message: detail, advice, exitCode }: Failure): Check => ({
  name,
  ok: false,
  detail,
  advice,
  exitCode,
});

async function check(checks: Check[], options: ServiceOptions, context: Context): Promise<void> {
  const settings = await settingsOf(options, context);
  const client = await connect(options, context);
  const { baseUrl, projectId } = client;
  checks.push({ name: 'settings', ok: true, detail: `${baseUrl}, project ${projectId}` });
  checks.push(...(await checkCredentials(settings, context)));
  const answer = await checkService(checks, client, context);
  if (answer) checks.push(clockOf(answer.response, context), permission('tasks', answer, context));
  if (answer?.ok) checks.push(permission('records', await listRecords(client, context), context));
}

async function checkCredentials({ token, file }: Settings, { env }: Context): Promise<Check[]> {
  const isInFile = !token && !env.HUAWEICLOUD_SDK_AK;
  const variable = token ? 'CONNECTION_RECORDS_AUTH_TOKEN' : 'HUAWEICLOUD_SDK_AK';
  const detail = `${token ? 'a token' : 'a key'} from ${isInFile ? file : variable}`;
  const mode = isInFile && process.platform !== 'win32' ? (await stat(file)).mode & 0o777 : 0o600;
  if ((mode & 0o077) === 0) return [{ name: 'credentials', ok: true, detail }];
  return [
    {
      name: 'credentials',
      ok: false,
      detail: `Others can read ${file} (mode ${mode.toString(8)}).`,
      advice: `Keep it to yourself: chmod 600 ${file}`,
    },
  ];
}

/** One try of a few seconds: who runs this is waiting for it. */
const once = { retries: 0, attemptTimeoutMs: 10_000 };

/** Whether the service answers at all, and what. */
async function checkService(checks: Check[], client: ConnectionRecordsClient, { signal, clock }: Context) {
  const began = clock.now();
  const name = 'service';
  try {
    const answer = await client.operations.listExportTasks({ limit: 1 }, { signal, retry: once });
    checks.push({ name, ok: true, detail: `answered within ${clock.now() - began} ms` });
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    const failure = explain(error, signal);
    const why = whyUnreachable(error);
    const proxy = 'If there is a proxy on the way, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.';
    const advice = why ? `Check --region or --base-url, and the network. ${proxy}` : failure.advice;
    checks.push({ ...notInOrder(name, failure), advice });
    return undefined;
  }
}

const listRecords = (client: ConnectionRecordsClient, { signal }: Context) =>
  client.operations.listConnectionRecords({ limit: 1 }, { signal, retry: once });

/** A signature is good for 15 minutes on either side, says the vendor. */
const allowed = 15 * 60_000;

function clockOf({ headers }: Answer, { clock }: Context): Check {
  const name = 'clock';
  const off = clock.now() - Date.parse(headers.get('Date') ?? '');
  if (Number.isNaN(off)) return { name, ok: true, detail: 'not known: the service does not tell the time' };
  // The service tells the time to the second, and an answer takes its time.
  if (Math.abs(off) < 3000) return { name, ok: true, detail: 'right' };
  const detail = `${durationInWords(Math.abs(off))} ${off > 0 ? 'fast' : 'slow'}; 15 min are allowed`;
  if (Math.abs(off) < allowed) return { name, ok: true, detail };
  return { name, ok: false, detail, advice: 'Set the clock of this machine, and keep it right with NTP.' };
}

function permission(what: string, answer: Result<unknown>, { signal }: Context): Check {
  const name = `list ${what}`;
  if (answer.ok) return { name, ok: true, detail: 'allowed' };
  return notInOrder(name, explain(answer.error, signal));
}

function textOf(checks: Check[], { stdout }: Context): string {
  const isColoured = Boolean(stdout.isTTY && stdout.hasColors?.());
  const inColour = (colour: 'green' | 'red', text: string) =>
    isColoured ? styleText(colour, text, { validateStream: false }) : text;
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, ok, detail, advice }) => [
      `${ok ? inColour('green', '✔') : inColour('red', '✖')} ${name.padEnd(width)}  ${detail}`,
      ...(advice ? [`  ${' '.repeat(width)}  ${advice}`] : []),
    ])
    .join('\n');
}

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCredentials, variables } from './config.ts';
import { readS3Url } from './files/s3-url.ts';
import type { ServerOptions } from './server.ts';
import { settings } from './settings.ts';
import { isShared } from './store/source.ts';

/** A mistake in the command line or the environment: every one of them, a sentence each. No password of an address is repeated. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message.replace(/\/\/\S*:\S*@/g, '//…@'));
  }
}

type Name = keyof typeof settings;
type Environment = Readonly<Record<string, string | undefined>>;

/** The credentials of a sandbox that is given none. They open nothing but the sandbox. */
export const sandboxAccount = {
  name: 'sandbox',
  token: 'sandbox-token',
  ak: 'SANDBOX-ACCESS-KEY',
  sk: 'sandbox-secret-key',
  projects: ['*'],
  actions: ['*'],
};

/** A command line that was understood. */
export type Command =
  | { command: 'help' }
  | { command: 'serve'; options: ServerOptions; drainFor: number }
  | { command: 'import'; source: string; project: string; file: string }
  | { command: 'seed'; source: string; project: string; rows: number };

/** Reads the command line and the environment. @throws UsageError with every mistake in them. */
export function readCommand(args: readonly string[], env: Environment): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  const [command = 'serve', file, ...more] = positionals;
  const reading = new Reading(values, env);
  if (!['serve', 'import', 'seed'].includes(command))
    throw new UsageError(`${command} is no command. There are serve, import and seed.`);
  if (more.length > 0 || (file && command !== 'import'))
    reading.problems.push(`${[file, ...more].join(' ')} is more than ${command} takes.`);
  const understood = command === 'serve' ? readServe(reading) : readRecords(command, file, reading);
  if (reading.problems.length > 0) throw new UsageError(reading.problems.join('\n'));
  return understood;
}

type Values = Record<string, string | boolean | undefined>;

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  const texts = [...Object.keys(settings), 'project', 'rows'].map((name) => [name, { type: 'string' }]);
  const flags = ['sandbox', 'redirect-downloads', 'help'].map((name) => [name, { type: 'boolean' }]);
  const options = Object.fromEntries([...texts, ...flags]) as Record<string, { type: 'string' | 'boolean' }>;
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. --help lists the options.`);
  }
}

/** The command line and the environment while they are read, with the mistakes found so far. */
class Reading {
  readonly values: Values;
  readonly env: Environment;
  readonly problems: string[] = [];

  constructor(values: Values, env: Environment) {
    this.values = values;
    this.env = env;
  }

  text(name: Name): string {
    // An empty variable is one that was taken back.
    return (
      (this.values[name] as string | undefined) ??
      (this.env[settings[name].variable] || settings[name].initial)
    );
  }

  whole(name: string, text: string, from: number, to: number): number {
    if (!/^\d+$/.test(text) || Number(text) < from || Number(text) > to)
      this.problems.push(`--${name} is ${text}. Give a whole number from ${from} to ${to}.`);
    return Number(text);
  }

  number(name: Name, from: number, to: number): number {
    return this.whole(name, this.text(name), from, to);
  }
}

function readRecords(command: string, file: string | undefined, reading: Reading): Command {
  const { values, problems } = reading;
  const project = String(values.project ?? '');
  const source = storeOf(reading) || reading.text('data');
  if (!project) problems.push(`${command} needs --project ID: whose records they are.`);
  if (command === 'seed')
    return {
      command,
      source,
      project,
      rows: reading.whole('rows', String(values.rows ?? '20000'), 1, 10_000_000),
    };
  if (!file) problems.push('import needs a file, or - for standard input.');
  return { command: 'import', source, project, file: file ?? '' };
}

function storeOf(reading: Reading): string {
  const store = reading.text('store');
  // Not repeated: there may be a password in it.
  if (store && !(isShared(store) && URL.canParse(store)))
    reading.problems.push('--store is no URL of a PostgreSQL. Give postgres://user@host/database.');
  return store;
}

function filesOf(reading: Reading): string {
  const files = reading.text('files');
  if (files.startsWith('s3:')) {
    try {
      readS3Url(files);
    } catch (error) {
      reading.problems.push(`--files is no URL of a bucket. ${(error as Error).message}`);
    }
  } else if (files && !(URL.canParse(files) && files.startsWith('file:///')))
    reading.problems.push(`--files is ${files}. Give file:///folder or s3://bucket/prefix.`);
  return files;
}

function readServe(reading: Reading): Command {
  const format = reading.text('format');
  if (format !== 'xlsx' && format !== 'csv')
    reading.problems.push(`--format is ${format}. Give xlsx or csv.`);
  const sandbox = reading.values.sandbox === true;
  const cors = reading.text('cors');
  const store = storeOf(reading);
  const files = filesOf(reading);
  if (store && !files)
    reading.problems.push(
      '--store needs --files: a folder of this server alone would have none of the files that the others write. Give file:///folder or s3://bucket/prefix.',
    );
  const options: ServerOptions = {
    accounts: readAccounts(sandbox, reading),
    sandbox,
    data: reading.text('data'),
    ...(store && { store }),
    ...(files && { files }),
    ...(readRedirect(files, reading) && { redirectDownloads: true }),
    host: reading.text('host'),
    port: reading.number('port', 0, 65535),
    format: format as 'xlsx' | 'csv',
    concurrency: reading.number('concurrency', 1, 64),
    keepFor: reading.number('keep-hours', 1, 8760) * 3_600_000,
    lease: reading.number('lease-seconds', 1, 3600) * 1000,
    lockSeconds: reading.number('lock-seconds', 0, 86_400),
    ...(reading.text('exports-per-project') && {
      perProject: reading.number('exports-per-project', 1, 10_000),
    }),
    ...(reading.text('exports-in-all') && { inAll: reading.number('exports-in-all', 1, 1_000_000) }),
    ...(reading.text('requests-per-minute') && {
      requestsPerMinute: reading.number('requests-per-minute', 1, 1_000_000),
    }),
    ...(reading.text('failures-per-minute') && {
      failuresPerMinute: reading.number('failures-per-minute', 1, 1_000_000),
    }),
    ...(cors && { corsOrigin: cors }),
    ...(reading.text('metrics-port') && { metricsPort: reading.number('metrics-port', 0, 65535) }),
    ...(readTraces(reading) && { traces: true }),
  };
  return { command: 'serve', options, drainFor: reading.number('drain-seconds', 0, 3600) * 1000 };
}

function readRedirect(files: string, { values, problems }: Reading): boolean {
  if (values['redirect-downloads'] !== true) return false;
  if (!files.startsWith('s3:'))
    problems.push('--redirect-downloads needs --files s3://bucket/prefix: files in a folder have no links.');
  return true;
}

/** Whether to send traces: the variables are those of OpenTelemetry's specification, and mean what it says. */
function readTraces({ env, problems }: Reading): boolean {
  const names = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
  const given = names.filter((name) => env[name]);
  const off = env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none';
  if (off || given.length === 0) return false;
  for (const name of given)
    if (!/^https?:$/.test(URL.parse(env[name]!)?.protocol ?? ''))
      problems.push(
        `${name} is ${env[name]}. Give the address of a collector, such as http://localhost:4318.`,
      );
  return true;
}

function readAccounts(sandbox: boolean, reading: Reading) {
  const { env, problems } = reading;
  const path = reading.text('credentials');
  let file: { path: string; text: string } | undefined;
  try {
    if (path) file = { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    problems.push(`--credentials ${path} cannot be read: ${(error as Error).message}.`);
    return [];
  }
  if (sandbox && !file && !Object.values(variables).some((variable) => env[variable]))
    return [sandboxAccount];
  const { accounts, problems: found } = readCredentials(file, env);
  problems.push(...found);
  return accounts;
}

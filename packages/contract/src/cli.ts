#!/usr/bin/env node
/** The command. Exit code 0: every case passed; 1: some failed; 2: the suite could not be run; 130 or 143: stopped. */
import { createRequire } from 'node:module';
import { credentialsFrom } from './credentials.ts';
import { withCredentialsFile } from './credentials-file.ts';
import { HarnessError } from './harness-error.ts';
import { OPTIONS } from './options.ts';
import { run } from './run.ts';
import { check, read } from './settings.ts';
import { Stopped } from './stop.ts';

/** The exit codes of shells for a process that a signal ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

process.exitCode = await main();

async function main(): Promise<number> {
  const { given, problems: misread } = read(process.argv.slice(2), process.env);
  if (given.has('help')) return say(help());
  if (given.has('version')) return say(version());
  const { settings, problems } = check(given, misread);
  const { env, problems: unread } = withCredentialsFile(given, process.env);
  const { credentials, problems: more } = credentialsFrom(env);
  if (!settings || !credentials) return complain([...problems, ...unread, ...more]);
  const stopping = hearSignals();
  try {
    say(`Connection Records contract ${version()} against ${settings.baseUrl}`);
    return (await run(settings, credentials, process.stdout, { signal: stopping.signal })).exitCode;
  } catch (error) {
    if (error instanceof Stopped) return complain([error.message], stopping.signal.reason);
    // Anything else that is thrown is a defect of the suite, and says as little about the target.
    const reason =
      error instanceof HarnessError || !(error instanceof Error) ? String(error) : `${error.stack}`;
    return complain([reason.replace(/^HarnessError/, 'harness error')]);
  }
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(problems: readonly string[], code = 2): number {
  for (const problem of problems) process.stderr.write(`connection-records-contract: ${problem}\n`);
  return code;
}

/** The first signal aborts, with the exit code as its reason, so that what was started is deleted. The second one ends the process. */
function hearSignals(): AbortController {
  const controller = new AbortController();
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code);
      process.stderr.write('Stopping: what was started is deleted. Once more ends at once.\n');
      controller.abort(code);
    });
  }
  return controller;
}

function version(): string {
  return (createRequire(import.meta.url)('../package.json') as { version: string }).version;
}

function help(): string {
  const rows = OPTIONS.map(({ name, value, env, default: otherwise, text }) => {
    const option = `--${name}${value ? ` ${value}` : ''}`;
    return `  ${option.padEnd(20)} ${text}\n${' '.repeat(23)}Default: ${otherwise}.${env ? ` Variable: ${env}.` : ''}`;
  });
  return `Tells whether a server keeps the connection-records contract.

Usage: connection-records-contract --base-url URL --project-id ID [options]

${rows.join('\n')}

Secrets come from the environment or a file, never from arguments: CONNECTION_RECORDS_AUTH_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK
(and HUAWEICLOUD_SDK_SECURITY_TOKEN with temporary keys).

Exit code 0: every case passed or was skipped. 1: some failed. 2: the suite could not be run. 130: stopped with Ctrl-C.`;
}

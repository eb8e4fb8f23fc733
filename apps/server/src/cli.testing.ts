// The command as its users run it: a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('./cli.ts', import.meta.url));

/** The token that every server here takes. */
export const token = 'a-token';

/** A server in a process of its own. */
export interface Process {
  child: ChildProcess;
  url: string;
  /** What it has written to its log so far. */
  log: Record<string, unknown>[];
  /** Resolves when the process has ended, with its code, or else with the signal that ended it. */
  ended: Promise<number | string>;
}

/** Starts the command on a temporary folder and a free port, and resolves when it says where it answers. */
export async function startProcess(
  options: readonly string[] = [],
  variables: Record<string, string> = {},
): Promise<Process> {
  const args = [command, '--data', ':memory:', '--port', '0', '--format', 'csv', '--sandbox', ...options];
  const env = { ...process.env, CONNECTION_RECORDS_TOKEN: token, ...variables };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const log: Process['log'] = [];
  const lines = createInterface(child.stdout!);
  lines.on('line', (line) => log.push(JSON.parse(line)));
  const first = await Promise.race([once(lines, 'line'), ended]);
  const url = /http:\S+/.exec(String(first))?.[0].replace(/".*/, '');
  if (!url) throw new Error(`The server does not answer: ${first}`);
  return { child, url, log, ended };
}

// The server as its users run it, in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const projectId = '0123456789abcdef0123456789abcdef';
export const headers = { 'X-Auth-Token': 'a-token' };
const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** A server that answers. */
export interface Running {
  child: ChildProcess;
  url: string;
}

/** Starts a command that says in its first line where it answers. */
export async function start(args: readonly string[]): Promise<Running> {
  const env = { ...process.env, CONNECTION_RECORDS_TOKEN: headers['X-Auth-Token'] };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout!);
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [string];
  const [url] = /http:\/\/[\d.:]+/.exec(String(line)) ?? [];
  if (!url) throw new Error(`${args.join(' ')} does not answer: ${line}`);
  // Its log is read to the end, but not looked at: this process is also the one that asks, and has its hands full.
  lines.close();
  child.stdout!.resume();
  return { child, url };
}

/** Starts the server on a folder, which has its files even where a database has its records. */
export const startServer = (data: string, ...options: string[]): Promise<Running> => {
  const files = options.includes('--store') ? ['--files', pathToFileURL(join(data, 'files')).href] : [];
  return start([command, '--data', data, '--port', '0', ...files, ...options]);
};

export async function stop({ child }: Running): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    // Not SIGKILL: it takes its temporary folder along.
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** The memory of a process in MiB: what it holds now (`VmRSS`), or the most it ever held (`VmHWM`). Linux alone tells. */
export async function memoryOf({ child }: Running, what: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024;
}

export async function call(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, { ...init, headers: { ...headers, ...init.headers } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

export const startPath = (project = projectId) => `/v3/${project}/desktops/connections/export`;
export const tasksPath = (project = projectId) => `/v2/${project}/export-tasks`;

import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { type Server, type ServerOptions, seedRecords, startServer } from '@connection-records/server';
import type { Context } from '../context.ts';
import { run } from '../run.ts';

export const projectId = '0123456789abcdef0123456789abcdef';
const everything = { projects: ['*'], actions: ['*'] };
const accounts = [
  { name: 'admin', token: 'a-token', ...everything },
  { name: 'key', ak: 'AN-ACCESS-KEY', sk: 'its-secret', ...everything },
  { name: 'stranger', token: 'another-token', projects: ['another-project'], actions: ['*'] },
];

/** The real server, with the records of a made-up fleet. */
export async function serve(options: Partial<ServerOptions> = {}, rows = 2000): Promise<Server> {
  const server = await startServer({ accounts, sandbox: true, ...options });
  await server.store.addRecords(projectId, [...seedRecords({ rows, projectId, seed: 1, now: Date.now() })]);
  return server;
}

/** The variables that lead to a server. There is no profile file, unless one is named. */
export const variables = ({ url }: { url: string }) => ({
  CONNECTION_RECORDS_BASE_URL: url,
  CONNECTION_RECORDS_AUTH_TOKEN: 'a-token',
  HUAWEICLOUD_SDK_PROJECT_ID: projectId,
  HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nowhere/credentials',
});

/** How a command ended, and what it printed. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command in this process. Waiting takes no time. */
export async function command(
  args: string[],
  env: Context['env'],
  more: Partial<Omit<Context, 'env'>> & { isTerminal?: boolean } = {},
): Promise<Outcome> {
  const { isTerminal = false, ...context } = more;
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const terminal = { columns: 80, clearLine() {}, cursorTo() {}, moveCursor() {} };
    Object.assign(streams[name], { isTTY: isTerminal, ...terminal });
    streams[name].setEncoding('utf8').on('data', (text) => {
      texts[name] += text;
    });
  }
  const code = await run(args, {
    env,
    stdin: new PassThrough(),
    ...streams,
    clock: {
      now: () => Date.now(),
      async sleep(_, signal) {
        await turn();
        signal?.throwIfAborted();
      },
    },
    signal: new AbortController().signal,
    ...context,
  });
  await turn();
  return { code, ...texts };
}

/** Sends requests on, those whose path has this in it with a fault of the sandbox. */
export const withFault =
  (part: string, fault: string, times = Number.POSITIVE_INFINITY) =>
  (request: Request) => {
    if (request.url.includes(part) && times-- > 0) request.headers.set('X-Sandbox-Fault', fault);
    return fetch(request);
  };

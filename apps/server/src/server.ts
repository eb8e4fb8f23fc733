import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './app.ts';
import { type Account, createAuthenticator } from './auth/authenticate.ts';
import { guard } from './auth/guard.ts';
import { exportThreads } from './export-threads.ts';
import { Exports } from './exports.ts';
import { retention } from './filters.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createSandbox } from './sandbox.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { FileFormat, Store } from './store/store.ts';

/** How to start a server. All but the accounts may be left out. */
export interface ServerOptions {
  /** Who may call. */
  accounts: readonly Account[];
  /** The port to listen on. Left out or 0, a free one. */
  port?: number;
  /** The address to listen on. Left out, this machine alone can reach the server. */
  host?: string;
  /** The folder of the records, the tasks and the files. Left out, or `:memory:`, a temporary one that goes with the server. */
  data?: string;
  /** The format of exported files: `xlsx` unless said otherwise. */
  format?: FileFormat;
  /** How many exports run at once; 2 unless said otherwise. The others wait in order. */
  concurrency?: number;
  /** How long a file can be downloaded, in milliseconds; 7 days unless said otherwise. */
  keepFor?: number;
  /** How many requests a credential may send in a minute; left out, as many as it likes. */
  requestsPerMinute?: number;
  /** How long five wrong signatures in a row lock an access key, in seconds; 300 unless said otherwise, 0 for not at all. */
  lockSeconds?: number;
  /** Origins of pages that may call, `*` for any; left out, none. In a sandbox, any. */
  corsOrigin?: string;
  /** Obeys the headers of the sandbox: a clock that they move, and faults that they ask for. */
  sandbox?: boolean;
  /** The time, in milliseconds since 1970. */
  clock?: () => number;
  /** A line for each request and each fault, without personal data. */
  log?: { info: (line: object) => void; error: (line: object) => void };
}

/** A running server. */
export interface Server {
  /** Where it listens, for example `http://127.0.0.1:4020`. */
  url: string;
  /** Its records and tasks, to put some in. */
  store: Store;
  /** Stops it: requests under way are cut, exports under way are taken up by the next start. */
  close(): Promise<void>;
}

/** How often old records are removed and files expire. */
const sweepEvery = 60_000;

/**
 * Starts a server of the API and resolves once it answers. What an earlier process left unfinished is taken up.
 *
 * @throws if the data cannot be opened, or the port cannot be had (an error whose `code` is `EADDRINUSE`, for example).
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { accounts, port = 0, host = '127.0.0.1', clock = Date.now, lockSeconds = 300, log } = options;
  const temporary = (options.data ?? ':memory:') === ':memory:';
  const data = temporary ? await mkdtemp(join(tmpdir(), 'connection-records-')) : options.data!;
  const store = await openSqliteStore(data);
  const sandbox = createSandbox(options.sandbox ?? false, clock);
  const threads = exportThreads(data);
  const exports = new Exports({
    store,
    folder: join(data, 'files'),
    writeFile: sandbox.writeFile(threads.writeFile),
    format: options.format ?? 'xlsx',
    concurrency: options.concurrency ?? 2,
    keepFor: options.keepFor ?? 7 * 24 * 60 * 60_000,
    now: sandbox.now,
    newId: () => randomUUID().replaceAll('-', ''),
    onError: (taskId, error) => log?.error({ taskId, error: String(error) }),
  });
  const app = await createApp({
    store,
    exports,
    now: sandbox.now,
    sandbox,
    authorize: guard({
      authenticate: createAuthenticator({
        accounts,
        now: clock,
        lock: { failures: lockSeconds > 0 ? 5 : 0, seconds: lockSeconds },
      }),
      secondsToWait: options.requestsPerMinute
        ? createRateLimiter({ perMinute: options.requestsPerMinute })
        : () => 0,
    }),
    ...((options.corsOrigin ?? options.sandbox) && { corsOrigin: options.corsOrigin ?? '*' }),
    ...(log && { log }),
  });
  const sweep = async () => {
    await store.removeRecordsBefore(clock() - retention);
    await exports.expire();
  };
  const timer = setInterval(
    () => void sweep().catch((error) => log?.error({ error: String(error) })),
    sweepEvery,
  );
  const close = async () => {
    clearInterval(timer);
    await app.close();
    await exports.close();
    await threads.close();
    await store.close();
    if (temporary) await rm(data, { recursive: true, force: true });
  };
  try {
    await sweep();
    await exports.resume();
    await app.listen({ port, host });
  } catch (error) {
    await close();
    throw error;
  }
  const { port: actual } = app.server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, store, close };
}

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createApp } from './app.ts';
import { type Account, createAuthenticator } from './auth/authenticate.ts';
import { guard } from './auth/guard.ts';
import { exportThreads } from './export-threads.ts';
import { Exports } from './exports.ts';
import { openFiles } from './files/file-store.ts';
import { retention } from './filters.ts';
import { lockFolder } from './folder-lock.ts';
import { observe } from './observe/index.ts';
import { createRateLimiter } from './rate-limit.ts';
import { ReadinessProbe } from './readiness.ts';
import { createSandbox } from './sandbox.ts';
import { openStore } from './store/open.ts';
import { isShared } from './store/source.ts';
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
  /** A PostgreSQL of records and tasks, `postgres://…`, which several servers may share. Left out, a database in the folder. */
  store?: string;
  /** Where finished files are, `file:///folder` or `s3://bucket/prefix?endpoint=…&region=…`; the same for all servers that share a store. Left out, in the folder of `data`. */
  files?: string;
  /** Answers a download with a link to the bucket, good for a few minutes, instead of the file. The contract does not list that answer. */
  redirectDownloads?: boolean;
  /** The format of exported files: `xlsx` unless said otherwise. */
  format?: FileFormat;
  /** How many exports this server runs at once; 2 unless said otherwise. The others wait, or run on another server. */
  concurrency?: number;
  /** How many exports of a project run at once, on all servers together; left out, any number. */
  perProject?: number;
  /** How many exports run at once on all servers together; left out, any number. */
  inAll?: number;
  /** How long an export belongs to a server that is not heard of any more, in milliseconds; 30 seconds unless said otherwise. */
  lease?: number;
  /** How long a file can be downloaded, in milliseconds; 7 days unless said otherwise. */
  keepFor?: number;
  /** How many requests a credential may send in a minute; left out, as many as it likes. */
  requestsPerMinute?: number;
  /** How many requests that fail authentication an address may send in a minute; left out, as many as it likes. */
  failuresPerMinute?: number;
  /** How long five wrong signatures in a row lock an access key, in seconds; 300 unless said otherwise, 0 for not at all. */
  lockSeconds?: number;
  /** Origins of pages that may call, `*` for any; left out, none. In a sandbox, any. */
  corsOrigin?: string;
  /** The port of `/metrics`, for Prometheus, 0 for a free one; left out, there are none. */
  metricsPort?: number;
  /** Sends traces to where the standard variables of OpenTelemetry say (`OTEL_EXPORTER_OTLP_ENDPOINT` and others). */
  traces?: boolean;
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
  /** Where its metrics are, if it has any. */
  metricsUrl?: string;
  /** Its records and tasks, to put some in. */
  store: Store;
  /**
   * Stops it. From now on it is not ready and begins no export; it goes on to answer until those under way are done, but no longer than so
   * many milliseconds, 0 unless said otherwise. Then requests under way have five seconds, and what is left is taken up by another server
   * or the next start.
   */
  close(patience?: number): Promise<void>;
}

/** 32 hexadecimal digits that begin with the time: in its order, ids that follow each other lie side by side in the index of the store. */
const newTaskId = (time: number) =>
  time.toString(16).padStart(12, '0') + randomUUID().replaceAll('-', '').slice(0, 20);

/** Waits so many milliseconds if since the last time this thread was busy for more than half of the time. */
function restFor(milliseconds: number) {
  let last = performance.eventLoopUtilization();
  return async () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    if (utilization > 0.5) await sleep(milliseconds, undefined, { ref: false });
  };
}

const limiter = (perMinute: number | undefined) => (perMinute ? createRateLimiter({ perMinute }) : () => 0);

/** More than there can be. */
const unlimited = 2 ** 31 - 1;

/** How often old records are removed and files expire. */
const sweepEvery = 60_000;

/** How long a check of readiness may take, and how long its answer is given again. */
const readinessTimes = { patience: 2_000, freshFor: 1_000 };

/** How long requests under way may take when the server stops. */
const grace = 5_000;

/**
 * Starts a server of the API and resolves once it answers. What an earlier process left unfinished is taken up.
 *
 * @throws if another server has the folder, the data cannot be opened, the database cannot be reached, or the port cannot be had (an error whose `code` is `EADDRINUSE`, for example).
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { accounts, port = 0, host = '127.0.0.1', clock = Date.now, lockSeconds = 300, log } = options;
  const temporary = (options.data ?? ':memory:') === ':memory:';
  const data = temporary ? await mkdtemp(join(tmpdir(), 'connection-records-')) : options.data!;
  const source = options.store ?? data;
  const filesUrl = options.files ?? pathToFileURL(join(resolve(data), 'files')).href;
  // A database that servers share sees to it itself that each export is done once.
  const unlock = isShared(source) ? () => undefined : lockFolder(data);
  const files = await openFiles(filesUrl).catch(giveUp);
  const opened = await openStore(source).catch(giveUp);
  function giveUp(error: unknown): never {
    unlock();
    throw error;
  }
  const observed = await observe({
    metricsPort: options.metricsPort,
    traces: options.traces,
    host,
    now: clock,
  });
  const store = observed.store(opened);
  const readiness = new ReadinessProbe({
    checks: { store: () => opened.findTask('', ''), files: () => files.check() },
    ...readinessTimes,
    now: () => performance.now(),
    onFailure: (check, error) =>
      log?.error({ message: 'The server is not ready.', check, error: String(error) }),
  });
  const sandbox = createSandbox(options.sandbox ?? false, clock);
  const threads = exportThreads({ store: source, files: filesUrl });
  const exports = new Exports({
    store,
    files,
    writeFile: observed.writeFile(sandbox.writeFile(threads.writeFile)),
    format: options.format ?? 'xlsx',
    concurrency: options.concurrency ?? 2,
    terms: {
      lease: options.lease ?? 30_000,
      perProject: options.perProject ?? unlimited,
      inAll: options.inAll ?? unlimited,
    },
    keepFor: options.keepFor ?? 7 * 24 * 60 * 60_000,
    now: sandbox.now,
    newId: () => newTaskId(clock()),
    rest: restFor(20),
    onError: (error, taskId) => log?.error({ taskId, error: String(error) }),
  });
  const app = await createApp({
    store,
    exports,
    now: sandbox.now,
    sandbox,
    readiness,
    redirectDownloads: options.redirectDownloads ?? false,
    watch: observed.requests,
    authorize: guard({
      authenticate: createAuthenticator({
        accounts,
        now: clock,
        lock: { failures: lockSeconds > 0 ? 5 : 0, seconds: lockSeconds },
      }),
      secondsToWait: limiter(options.requestsPerMinute),
      secondsToFail: limiter(options.failuresPerMinute),
    }),
    ...((options.corsOrigin ?? options.sandbox) && { corsOrigin: options.corsOrigin ?? '*' }),
    ...(log && { log }),
  });
  const sweep = async () => {
    await store.removeRecordsBefore(clock() - retention);
    await exports.expire();
    for (const projectId of sandbox.moved()) await exports.expire(projectId);
  };
  const timer = setInterval(
    () => void sweep().catch((error) => log?.error({ error: String(error) })),
    sweepEvery,
  );
  const close = async (patience = 0) => {
    clearInterval(timer);
    readiness.drain();
    await exports.drain(AbortSignal.timeout(patience));
    // Whoever waits for news, or has connected and never asks, does not hold up the end.
    const cut = setTimeout(() => app.server.closeAllConnections(), grace);
    await app.close();
    clearTimeout(cut);
    await exports.close();
    await threads.close();
    await opened.close();
    await observed.close();
    unlock();
    if (temporary) await rm(data, { recursive: true, force: true });
  };
  let metricsUrl: string | undefined;
  try {
    metricsUrl = await observed.listen();
    await sweep();
    await exports.resume();
    await app.listen({ port, host });
  } catch (error) {
    await close();
    throw error;
  }
  const { port: actual } = app.server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  return { url, ...(metricsUrl && { metricsUrl }), store: opened, close };
}

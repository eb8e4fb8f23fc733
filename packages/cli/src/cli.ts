#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes, Interrupted } from './failure.ts';
import { run } from './run.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // Who asks twice does not want to wait for the cleaning up.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort(new Interrupted());
  });
// A reader that has had enough is no fault.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      sleep(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted()),
  },
  signal: interruption.signal,
});

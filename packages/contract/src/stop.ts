/** Ends a run before its time: the command hears a signal, and the suite, which runs in a thread of its own, goes no further. */
import { setTimeout } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import type { Clock } from './clock.ts';
import { Skip, type Tidied } from './world.ts';

/** What the two threads tell each other. */
type Message = 'stop' | 'ready' | Tidied;

/** The run was stopped. The message says what became of what it had started. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The side of the command: passes on that it is to stop, and gives what became of the tasks that were left. */
export function stopSuite(
  name: string,
  signal: AbortSignal,
): { tidied: () => Tidied | undefined; close: () => void } {
  const channel = open(name);
  let tidied: Tidied | undefined;
  const stop = () => channel.postMessage('stop' satisfies Message);
  channel.onmessage = (event) => {
    const message = (event as { data: Message }).data;
    if (typeof message === 'object') tidied = message;
    else if (message === 'ready' && signal.aborted) stop();
  };
  signal.addEventListener('abort', stop);
  const close = () => {
    signal.removeEventListener('abort', stop);
    channel.close();
  };
  return { tidied: () => tidied, close };
}

/** The side of the suite: a signal that it is to stop, and a way to tell what became of its tasks. */
export function listenForStop(name: string): { signal: AbortSignal; tell: (tidied: Tidied) => void } {
  const channel = open(name);
  const controller = new AbortController();
  channel.onmessage = (event) => {
    if ((event as { data: Message }).data === 'stop') controller.abort();
  };
  channel.postMessage('ready' satisfies Message);
  const tell = (tidied: Tidied) => {
    channel.postMessage(tidied satisfies Message);
    channel.close();
  };
  return { signal: controller.signal, tell };
}

/** A clock whose waits end with the run. */
export function stoppable(clock: Clock, signal: AbortSignal): Clock {
  const pause = (milliseconds: number) =>
    setTimeout(milliseconds, undefined, { signal }).catch(() => {
      throw new Skip('the run was stopped');
    });
  return { ...clock, pause };
}

/** What became of what the run had started, in words. */
export function inWords(tidied: Tidied | undefined): string {
  if (!tidied) return 'What it started is not known.';
  const { deleted, stay } = tidied;
  const tasks = (count: number) => `${count} ${count === 1 ? 'task' : 'tasks'}`;
  const said = `${tasks(deleted)} of this run ${deleted === 1 ? 'was' : 'were'} deleted`;
  return stay.length === 0
    ? `${said}, and none stays.`
    : `${said}. ${tasks(stay.length)} could not be: ${stay.join(', ')}.`;
}

function open(name: string): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  // Nobody waits for what is said here.
  channel.unref();
  return channel;
}

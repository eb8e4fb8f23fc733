import type { Readable, Writable } from 'node:stream';
import type { ClientOptions, Clock } from '@connection-records/client';
import type { Prompts } from './prompts.ts';

/** An output, which may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number; hasColors?: () => boolean };

/** All that the command knows of the world, so that a test can give it another one. */
export interface Context {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  clock: Clock;
  /** Aborts when the command is interrupted. */
  signal: AbortSignal;
  /** Sends requests; left out, over connections that stay open. */
  fetch?: ClientOptions['fetch'];
  /** Asks questions; left out, in the terminal. */
  prompts?: Prompts;
}

/** What every command may be told. */
export interface CommonOptions {
  json?: boolean;
  quiet?: boolean;
}

/** Prints the outcome of a command: one JSON object for a program, or else text for a person, unless nothing is wanted. */
export function printOutcome(
  { stdout }: Context,
  { json, quiet }: CommonOptions,
  object: object,
  text: string,
): void {
  if (json) stdout.write(`${JSON.stringify(object)}\n`);
  else if (!quiet && text) stdout.write(`${text}\n`);
}

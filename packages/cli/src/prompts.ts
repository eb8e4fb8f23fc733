import type { Readable, Writable } from 'node:stream';
import type { Context } from './context.ts';
import { Interrupted } from './failure.ts';

/** Asks a person. */
export interface Prompts {
  /** A line of text. What `check` returns is what is wrong with it. */
  text(message: string, initial: string, check: (text: string) => string | undefined): Promise<string>;
  /** A line that is not shown. */
  secret(message: string, check: (text: string) => string | undefined): Promise<string>;
}

/** Asks in the terminal, on standard error, so that standard output has the outcome alone. */
export async function promptsIn({ stdin, stderr, signal }: Context): Promise<Prompts> {
  const { text, password, isCancel } = await import('@clack/prompts');
  const streams = { input: stdin as Readable, output: stderr as Writable, signal };
  const answered = (answer: string | symbol) => {
    if (isCancel(answer) || typeof answer === 'symbol') throw new Interrupted();
    return answer.trim();
  };
  return {
    text: async (message, initialValue, check) =>
      answered(
        await text({ ...streams, message, initialValue, validate: (value = '') => check(value.trim()) }),
      ),
    secret: async (message, check) =>
      answered(await password({ ...streams, message, validate: (value = '') => check(value.trim()) })),
  };
}

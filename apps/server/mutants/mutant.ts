/** A defect, made by one small change of the server's sources. */
import { readFileSync } from 'node:fs';
import type { ServerOptions } from '../src/server.ts';

/** A text of a source, and what stands there instead. */
export interface Change {
  /** Below `src`. */
  file: string;
  /** Occurs exactly once in the file. */
  from: string;
  to: string;
}

/** A server with one defect, and the case of the contract suite that must name it. */
export interface Mutant extends Change {
  /** What is wrong with the server, as a sentence without its stop. No other mutant has the same. */
  defect: string;
  /** A second change, for a defect that takes two. */
  and?: Change;
  /** Found in the operation, the status and the title of a case that fails, or in the rule that it calls broken. */
  caught: RegExp;
  /** Found in the text of its failure. */
  says?: RegExp;
  /** What the defect needs to be seen. */
  options?: Pick<ServerOptions, 'format' | 'requestsPerMinute'>;
}

/** Every change of a mutant. */
export const changesOf = ({ file, from, to, and }: Mutant): Change[] => [
  { file, from, to },
  ...(and ? [and] : []),
];

const sources = new URL('../src/', import.meta.url);

/** The address of a source, as its module has it. */
export const addressOf = (file: string): string => new URL(file, sources).href;

/** A source as it is. */
export const sourceOf = (file: string): string => readFileSync(new URL(file, sources), 'utf8');

/** The source with the change. Throws where its text is not there exactly once: the server has moved on, and the mutant must follow. */
export function changed(source: string, { file, from, to }: Change): string {
  const times = source.split(from).length - 1;
  if (times !== 1) throw new Error(`${times} times in src/${file}, not once: ${from}`);
  return source.replace(from, () => to);
}

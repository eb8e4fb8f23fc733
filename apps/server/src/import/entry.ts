/** What stands in one line of an import: a value, or what is wrong with the line itself. */
export interface Entry {
  line: number;
  value?: unknown;
  problem?: string;
}

/** A line of a text. */
export interface Line {
  /** Counted from 1. */
  line: number;
  /** Nothing if it is too long. */
  content: string | undefined;
}

/** Takes the lines of a text in their order, some at a time, and gives what stands in them; at the end it is asked for the rest. */
export interface LineReader {
  read(lines: Line[]): Entry[];
  rest(): Entry[];
}

/** The longest line that is read, in characters: more is no record, and would only fill the memory. */
export const LONGEST = 1_000_000;

/** What is wrong with a line before anything in it is read, if anything is. */
export function lineProblem(content: string | undefined): string | undefined {
  if (content === undefined) return `the line has more than ${LONGEST} characters, which no record has`;
  // What the decoder puts where it could not decode.
  if (content.includes('\ufffd')) return 'there are characters that are not UTF-8; save the file as UTF-8';
  return undefined;
}

import { shown } from './check.ts';
import { csvReader } from './csv.ts';
import { type Entry, type Line, type LineReader, LONGEST, lineProblem } from './entry.ts';

/** The lines of a text that hold something, some at a time: JSON if it begins with a brace, or else CSV. */
export async function* entriesOf(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<Entry[], void> {
  const cut = lineCutter();
  let reader: LineReader | undefined;
  for await (const text of decoded(input)) {
    const lines = cut.lines(text);
    reader ??= readerFor(lines);
    if (reader) yield reader.read(lines);
  }
  const last = cut.rest();
  reader ??= readerFor(last);
  if (reader) yield [...reader.read(last), ...reader.rest()];
}

/** The reader for a text that begins with these lines, if they tell. */
function readerFor(lines: Line[]): LineReader | undefined {
  const first = lines.find(({ content }) => content?.trim() !== '');
  if (!first) return undefined;
  return first.content?.trimStart().startsWith('{') === false ? csvReader() : jsonReader;
}

/** The text of the bytes, without a byte order mark. */
async function* decoded(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let begun = false;
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    yield begun ? text : text.replace(/^\ufeff/, '');
    begun ||= text !== '';
  }
  yield decoder.decode();
}

/** Cuts a text that comes in pieces into its lines. */
function lineCutter() {
  let line = 0;
  let begun = '';
  let tooLong = false;

  function finish(end: string): Line {
    const content = tooLong || begun.length + end.length > LONGEST ? undefined : begun + end;
    begun = '';
    tooLong = false;
    return { line: ++line, content };
  }

  return {
    lines(text: string): Line[] {
      const parts = text.split('\n');
      const last = parts.pop()!;
      const lines = parts.map(finish);
      tooLong ||= begun.length + last.length > LONGEST;
      begun = tooLong ? '' : begun + last;
      return lines;
    },
    rest: (): Line[] => (begun !== '' || tooLong ? [finish('')] : []),
  };
}

const jsonReader: LineReader = {
  read: (lines) => lines.filter(({ content }) => content?.trim() !== '').map(jsonEntry),
  rest: () => [],
};

function jsonEntry({ line, content }: Line): Entry {
  const problem = lineProblem(content);
  if (problem !== undefined) return { line, problem };
  try {
    return { line, value: JSON.parse(content!) };
  } catch {
    return { line, problem: `${shown(content!)} is not JSON; needed is one object on one line` };
  }
}

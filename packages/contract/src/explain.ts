/** What a failure looks like: the rule, what was expected, what came, the basis, and a request to repeat. */
import type { Operation } from './contract.ts';
import type { Broken } from './judge.ts';
import type { Answer, Exchange } from './request.ts';

const SHOWN_BODY = 300;
const SHOWN_REQUESTS = 20;

/** The text of a failure. `redact` is put to everything that the server wrote, before it is cut. */
export function explain(
  operation: Operation,
  broken: readonly Broken[],
  exchanges: readonly (Pick<Exchange, 'curl'> & Partial<Exchange>)[],
  redact: (text: string) => string,
): string {
  const answer = exchanges.at(-1)?.answer;
  return [
    ...broken.flatMap(({ rule, at, expected, came, basis }) => [
      `Broken:    ${rule}${at ? ` At ${cut(redact(at))}.` : ''}`,
      `Expected:  ${expected}`,
      `Came:      ${cut(redact(came))}`,
      `Basis:     ${basis.kind}: ${basis.why}`,
    ]),
    `Operation: ${operation.id}, ${operation.method} ${operation.path}`,
    ...requests(exchanges.map(({ curl }) => curl)),
    ...(answer ? [`Answer:    ${describe(answer, redact)}`] : []),
  ].join('\n');
}

/** The requests that led there, in order, so that one can repeat them. Of many, the last ones. */
function requests(curls: readonly string[]): string[] {
  if (curls.length < 2) return curls.map((curl) => `Request:   ${curl}`);
  const shown = curls.slice(-SHOWN_REQUESTS);
  const before = curls.length - shown.length;
  return [
    `Requests:  ${curls.length}, in this order${before > 0 ? `; the last ${SHOWN_REQUESTS}` : ''}`,
    ...shown.map((curl, index) => `  ${before + index + 1}. ${curl}`),
  ];
}

function describe({ status, headers, bytes }: Answer, redact: (text: string) => string): string {
  const type = headers.get('content-type');
  const id = headers.get('x-request-id');
  const start = [`HTTP ${status}`, type, id && `X-Request-Id ${id}`].filter(Boolean).join(', ');
  return `${redact(start)}, ${bytes.length} bytes: ${cut(redact(new TextDecoder().decode(bytes)))}`;
}

/** On one line, of a length that can be read, and without anything that would move a terminal's cursor. */
function cut(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > SHOWN_BODY ? `${line.slice(0, SHOWN_BODY)}…` : line;
}

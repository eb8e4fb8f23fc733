import { Refused } from './refused.ts';
import type { Operation } from './router.ts';

type Response = Operation['responses'][number];

/** What a `Prefer` header asks for, in Prism's words. */
export type Preference = { code?: number; exampleKey?: string; mediaTypes?: string[] };

/** Takes out of the responses what Prism would make up. */
export function keepExamples(operations: Operation[]) {
  for (const response of operations.flatMap(({ responses }) => responses)) {
    // Of a media type without examples, a workbook for instance, Prism would answer with the word "string".
    const shown = response.contents?.filter(({ examples }) => examples && examples.length > 0) ?? [];
    if (shown.length > 0) response.contents = shown;
    // A header that a server need not send: a digest, for instance, would fit no file.
    response.headers = response.headers?.filter(({ required }) => required);
  }
}

/** What a `Prefer` header asks for. The name of an example is enough: its status and media type follow from it. */
export function readPreference(header: string | undefined, { responses }: Operation): Preference {
  if (header === undefined) return {};
  const code = wish(header, 'code');
  const exampleKey = wish(header, 'example');
  if (code === undefined && exampleKey === undefined) return {};
  const response = responses.find(
    (candidate) =>
      (code === undefined || covers(candidate, code)) &&
      (exampleKey === undefined || contentWith(candidate, exampleKey)),
  );
  if (!response) throw new Refused(400, unmet(code, exampleKey));
  const status = Number(code ?? response.code);
  if (exampleKey === undefined) return { code: status };
  return { code: status, exampleKey, mediaTypes: [contentWith(response, exampleKey)!.mediaType] };
}

/** Writes refusals in the contract's own shape: its first example for the status, with the actual reason and request id. */
export function createRefusals(operations: Operation[]) {
  const bodyOf = new Map<number, object>();
  for (const { code, contents = [] } of operations.flatMap(({ responses }) => responses)) {
    const [example] = contents.flatMap(({ examples = [] }) => examples);
    const body = example && 'value' in example ? example.value : undefined;
    if (typeof body === 'object' && body && !bodyOf.has(Number(code))) bodyOf.set(Number(code), body);
  }
  return (status: number, reason: string, requestId: string): object => {
    const body = bodyOf.get(status) ?? bodyOf.get(400);
    return {
      ...body,
      error_msg: reason,
      ...(body && 'request_id' in body && { request_id: requestId }),
    };
  };
}

/** The value of one preference (RFC 7240) in a `Prefer` header. */
function wish(header: string, name: string): string | undefined {
  const wishes = header.split(/[,;]/).map((part) => part.split('=', 2).map((side) => side.trim()));
  const found = wishes.find(([key = '']) => key.toLowerCase() === name);
  return found && (found[1] ?? '').replaceAll('"', '');
}

/** Whether a response is for a status. In another document than the contract it may be for many. */
const covers = ({ code }: Response, status: string) =>
  /^[1-9]\d\d$/.test(status) && [status, `${status[0]}XX`, 'default'].includes(code);

const contentWith = ({ contents = [] }: Response, exampleKey: string) =>
  contents.find(({ examples = [] }) => examples.some(({ key }) => key === exampleKey));

function unmet(code: string | undefined, exampleKey: string | undefined): string {
  const wishes = [
    ...(exampleKey === undefined ? [] : [`the example "${exampleKey}"`]),
    ...(code === undefined ? [] : [`status "${code}"`]),
  ];
  return `Prefer asks for ${wishes.join(' with ')}, which this operation does not have.`;
}

/** Judges an answer by the contract: which rules it breaks, what was expected and what came. */
import { isDeepStrictEqual } from 'node:util';
import type { Basis, Documented, Media, Operation } from './contract.ts';
import type { Answer } from './request.ts';
import { mismatches } from './schema.ts';

/** A rule of the contract that an answer broke. */
export interface Broken {
  rule: string;
  /** Where in the body, as a JSON pointer. It comes from the answer, as `came` does. */
  at?: string;
  expected: string;
  came: string;
  basis: Basis;
}

/** Everything wrong with an answer that should have had one of these statuses. */
export function judge(
  operation: Operation,
  statuses: readonly number[],
  basis: Basis,
  answer: Answer,
): Broken[] {
  const documented = operation.responses.get(answer.status);
  if (!statuses.includes(answer.status) || !documented) {
    const known = documented ? '' : ', which the contract does not have for this operation';
    return [
      {
        rule: 'The answer has another status than this request deserves.',
        expected: statuses
          .map((status) => `${status} (${operation.responses.get(status)?.description})`)
          .join(' or '),
        came: `${answer.status}${known}`,
        basis,
      },
    ];
  }
  return [...judgeHeaders(documented, answer), ...judgeBody(documented, answer)];
}

/** What is wrong with a body that should equal a named example. */
export function judgeExample(name: string, media: Media, answer: Answer, basis: Basis): Broken[] {
  const example = media.examples.get(name);
  const body = isJson(media.type) ? parse(answer.bytes).value : text(answer.bytes);
  const difference = firstDifference(example, body);
  if (!difference) return [];
  return [
    {
      rule: `The body is not the example ${name} of the contract.`,
      at: difference.at,
      expected: JSON.stringify(difference.expected) ?? 'nothing',
      came: JSON.stringify(difference.came) ?? 'nothing',
      basis,
    },
  ];
}

/** Whether the answer's media type is this one, whatever its parameters. */
export function hasType(answer: Answer, type: string): boolean {
  return mediaType(answer) === type;
}

/** The body as JSON; undefined if it is none. */
export function json(answer: Answer): unknown {
  return parse(answer.bytes).value;
}

function judgeHeaders(documented: Documented, answer: Answer): Broken[] {
  return documented.headers.flatMap(({ name, required, pointer, schema, basis }) => {
    const value = answer.headers.get(name);
    if (value === null) {
      const rule = `A header that every ${documented.status} must have is missing: ${name}.`;
      return required ? [{ rule, expected: `${name}: …`, came: `no ${name}`, basis }] : [];
    }
    const typed = schema.type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
    return mismatches(pointer, typed, basis).map(({ expected, basis }) => ({
      rule: `The header ${name} does not fit its schema.`,
      expected,
      came: `${name}: ${value}`,
      basis,
    }));
  });
}

function judgeBody({ status, media, bodyBasis: basis }: Documented, answer: Answer): Broken[] {
  if (media.length === 0) {
    if (answer.bytes.length === 0) return [];
    return [
      {
        rule: `A ${status} here has no body.`,
        expected: 'no body',
        came: `${answer.bytes.length} bytes`,
        basis,
      },
    ];
  }
  const declared = media.find(({ type }) => hasType(answer, type));
  if (!declared) {
    return [
      {
        rule: `The media type is none that the contract declares for ${status}.`,
        expected: media.map(({ type }) => type).join(' or '),
        came: answer.headers.get('content-type') ?? 'no Content-Type',
        basis,
      },
    ];
  }
  // A part of a text may begin and end within a character.
  if (declared.binary || status === 206) return [];
  const read = isJson(declared.type) ? parse(answer.bytes) : { value: text(answer.bytes) };
  if (read.value === undefined) {
    return [
      {
        rule: `The body is not ${declared.type}.`,
        expected: declared.type,
        came: read.problem ?? 'not UTF-8',
        basis,
      },
    ];
  }
  return mismatches(declared.pointer, read.value, basis).map((mismatch) => ({
    rule: 'The body does not fit its schema.',
    at: mismatch.at,
    expected: mismatch.expected,
    came: JSON.stringify(valueAt(read.value, mismatch.at)) ?? 'nothing',
    basis: mismatch.basis,
  }));
}

function mediaType(answer: Answer): string | undefined {
  return answer.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}

function text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(bytes: Uint8Array): { value?: unknown; problem?: string } {
  const decoded = text(bytes);
  if (decoded === undefined) return { problem: 'not UTF-8' };
  try {
    return { value: JSON.parse(decoded) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What stands at a JSON pointer of a value. */
function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => {
      const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
      return (node as Record<string, unknown> | undefined)?.[name];
    }, value);
}

interface Difference {
  at: string;
  expected: unknown;
  came: unknown;
}

/** Where two values first differ, so that one need not compare two long bodies by eye. */
function firstDifference(expected: unknown, came: unknown, at = ''): Difference | undefined {
  if (isDeepStrictEqual(expected, came)) return undefined;
  if (!isContainer(expected) || !isContainer(came) || Array.isArray(expected) !== Array.isArray(came)) {
    return { at, expected, came };
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(came)]);
  for (const key of keys) {
    const found = firstDifference(expected[key], came[key], `${at}/${key}`);
    if (found) return found;
  }
  return { at, expected, came };
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import { Refused } from './refused.ts';
import type { Operation } from './router.ts';

/** Completes the path of a request to a URL. */
const base = 'http://mock';

/** The most that the contract lets a signed request send. */
const maxMegabytes = 12;

type Query = Record<string, string | string[]>;

/** The path and the query of a request. */
export type Url = { path: string; query: Query };

/** Reads the target of a request. */
export function readUrl(url = ''): Url {
  // Appended, not resolved: two slashes at the beginning of a path would make a host of what follows.
  const whole = url.startsWith('/') ? base + url : url;
  if (!URL.canParse(whole)) throw new Refused(400, 'The request has no path that can be read.');
  const { pathname, searchParams } = new URL(whole);
  const query: Query = {};
  for (const name of new Set(searchParams.keys())) {
    const [value = '', ...more] = searchParams.getAll(name);
    query[name] = more.length > 0 ? [value, ...more] : value;
  }
  return { path: pathname, query };
}

/** What is wrong with the empty values of a query. Prism takes them for parameters left out. */
export function emptyValues(query: Query, { request }: Operation): string[] {
  return (request?.query ?? [])
    .filter(({ name, schema }) => [query[name]].flat().includes('') && !takesNothing(schema))
    .map(({ name }) => `Request query parameter ${name} must not be empty`);
}

type Schema = NonNullable<NonNullable<Operation['request']>['query']>[number]['schema'];

const takesNothing = ({ type = 'string', enum: values, minLength = 0, pattern = '' }: Schema = {}) =>
  [type].flat().includes('string') && !values && minLength === 0 && new RegExp(pattern, 'u').test('');

/** The body of a request, or what is wrong with it. */
export interface Body {
  value?: unknown;
  problem?: string;
  /** The headers that describe it, for Prism, which neither measures a body nor survives a type that is none. */
  headers: Record<string, string>;
}

/** Reads the body of a request, if the operation has one. */
export async function readBody(request: IncomingMessage, operation: Operation): Promise<Body> {
  const type = mediaType(request.headers['content-type']);
  if (!operation.request?.body) return { headers: type ? { 'content-type': type } : {} };
  const bytes = await readBytes(request, maxMegabytes * 1024 * 1024);
  const headers = {
    // As RFC 9110 has it for a body whose type is not told.
    'content-type': type ?? 'application/octet-stream',
    'content-length': `${bytes?.length ?? 0}`,
  };
  if (!bytes) return { headers, problem: `The body is larger than ${maxMegabytes} MB.` };
  const text = bytes.toString();
  if (text === '' || !/[/+]json\b/.test(headers['content-type']))
    return { headers, value: text || undefined };
  try {
    return { headers, value: JSON.parse(text) };
  } catch (error) {
    return { headers, problem: `The body is not JSON: ${(error as Error).message}` };
  }
}

/** What is wrong with a body that Prism finds no schema for. */
export function wrongType(sent: string | undefined, { request }: Operation): string {
  const wanted = request?.body?.contents?.map((content) => content.mediaType) ?? [];
  if (wanted.length === 0) return 'This operation takes no body.';
  return `Content-Type is ${sent ?? 'missing'}; the body has to be ${wanted.join(' or ')}.`;
}

/** A body of at most so many bytes. A larger one is read to its end, or else its sender would not read the answer, but not kept. */
async function readBytes(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size <= most ? Buffer.concat(chunks) : undefined;
}

/** A media type with its name in lower case, without what cannot be read of it. */
function mediaType(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return new MIMEType(header).toString();
  } catch {
    return 'application/octet-stream';
  }
}

/**
 * A small server that keeps the contract, for the tests of the suite: it answers with the named examples. Given a
 * defect, it changes its answers, so that a test sees whether the suite notices.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { document } from '../bundle.ts';
import { type Media, type Operation, operationNamed, operations } from '../contract.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a defect may look at. */
export interface Seen {
  operation?: Operation;
  headers: IncomingMessage['headers'];
  url: URL;
}

export interface Fixture extends AsyncDisposable {
  url: string;
  /** Method and path of each request, in order. */
  seen: string[];
}

/** Not a reply: the connection is cut, or nothing ever comes. */
export type Silence = 'cut' | 'hang';

/** Changes a reply, or gives it back as it is. */
export type Defect = (reply: Reply, seen: Seen) => Reply | Silence;

/** A query is text that stands for numbers and booleans; JSON has its own. */
const [texts, json] = [true, false].map((coerceTypes) => {
  const ajv = new Ajv2020({ strict: false, coerceTypes, validateFormats: false });
  return ajv.addSchema(document, 'contract');
}) as [Ajv2020, Ajv2020];

/** Starts the server on a free port. It knows the one task that the example of a start names, and no other. */
export async function startFixture(defect: Defect = (reply) => reply): Promise<Fixture> {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '/', 'http://fixture');
    seen.push(`${request.method} ${url.pathname}`);
    const found = route(url.pathname);
    const operation = found?.operation;
    const right = { request, url, body, path: found?.path ?? {}, operation };
    const reply = defect(answer(right), {
      headers: request.headers,
      url,
      ...(operation ? { operation } : {}),
    });
    if (reply === 'cut') request.socket.destroy();
    else if (reply !== 'hang') {
      const length = reply.body ? { 'Content-Length': Buffer.byteLength(reply.body) } : {};
      response.writeHead(reply.status, { ...reply.headers, ...length }).end(reply.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Incoming {
  request: IncomingMessage;
  url: URL;
  body: string;
  path: Record<string, string>;
  operation: Operation | undefined;
}

function answer(incoming: Incoming): Reply {
  const { request, url, body, path, operation } = incoming;
  const [anyOperation] = operations;
  if (!operation) return example(anyOperation as Operation, 404, 'apiNotFound');
  if (request.method !== operation.method) return example(operation, 405);
  if (!request.headers['x-auth-token'] && !request.headers.authorization) return example(operation, 401);
  if (!isValid(operation, { ...path, ...Object.fromEntries(url.searchParams) }, body))
    return example(operation, 400);
  const wanted = /code=(\d+), example=(\w+)/.exec(String(request.headers.prefer));
  if (wanted) return example(operation, Number(wanted[1]), wanted[2]);
  const id = path.task_id ?? url.searchParams.get('task_id');
  const { task_id } = JSON.parse(example(operationNamed('exportConnectionRecords'), 200).body);
  const isList = operation.id === 'listExportTasks';
  if (id && id !== task_id) return isList ? example(operation, 200, 'noTasks') : example(operation, 404);
  const reply = example(operation, 200);
  if (!isList) return reply;
  const list = JSON.parse(reply.body);
  const export_tasks = list.export_tasks.map((task: object) => ({ ...task, task_id }));
  return { ...reply, body: JSON.stringify({ ...list, export_tasks }) };
}

function route(pathname: string): { operation: Operation; path: Record<string, string> } | undefined {
  for (const operation of operations) {
    const pattern = operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const groups = new RegExp(`^${pattern}$`).exec(pathname)?.groups;
    if (groups) return { operation, path: { ...groups } };
  }
  return undefined;
}

function isValid(operation: Operation, values: Record<string, string>, body: string): boolean {
  // By its address, which Ajv remembers: a schema object made anew would be compiled anew.
  const right = operation.parameters.every(
    ({ name, pointer }) => values[name] === undefined || texts.validate(`contract#${pointer}`, values[name]),
  );
  if (!operation.body) return right;
  try {
    return right && json.validate(`contract#${operation.body.pointer}`, JSON.parse(body)) === true;
  } catch {
    return false;
  }
}

/** Values of headers, as the contract has them; a number for any other. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Disposition': 'attachment; filename="connection-records-20260210021122.csv"',
  'Content-Range': 'bytes 292-503/733',
  ETag: '"b5bb9d8014a0f9b1d61e21e796d78dcc"',
  'Repr-Digest': 'of the body',
};

function sha256(body: string): string {
  return createHash('sha256').update(body).digest('base64');
}

/** The reply with a named example of the contract, or the first one. */
function example(operation: Operation, status: number, name?: string): Reply {
  const documented = operation.responses.get(status);
  if (!documented) throw new Error(`${operation.id} has no ${status}.`);
  const plain = Object.fromEntries(documented.headers.map(({ name }) => [name, HEADERS[name] ?? '30']));
  const media = documented.media.find(({ examples }) => (name ? examples.has(name) : examples.size > 0));
  if (!media) return { status, headers: plain, body: '' };
  const body = text(media, name);
  if (plain['Repr-Digest']) plain['Repr-Digest'] = `sha-256=:${sha256(body)}:`;
  return { status, headers: { ...plain, 'Content-Type': media.type }, body };
}

function text(media: Media, name?: string): string {
  const value = name ? media.examples.get(name) : [...media.examples.values()][0];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

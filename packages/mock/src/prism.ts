import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { createLogger } from '@stoplight/prism-core';
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
  type ProblemJsonError,
} from '@stoplight/prism-http';
import { Fixtures, type Preference } from './fixtures.ts';

/** Completes the path of a request to a URL. */
const base = 'http://mock';

/** Why a request was refused: a sentence or more. */
export type Refusal = string[];

interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string | undefined;
  refusal?: Refusal;
}

/** Prism for the operations of a document, as a function from a request to its answer. */
export async function createPrism(spec: string): Promise<(request: IncomingMessage) => Promise<Answer>> {
  const operations = await getHttpOperationsFromSpec(spec).catch((cause: Error) => {
    throw new Error(`Cannot read the OpenAPI document ${spec}: ${cause.message.replaceAll(/\s+/g, ' ')}`, {
      cause,
    });
  });
  if (operations.length === 0) throw new Error(`The OpenAPI document ${spec} has no operations.`);

  const fixtures = new Fixtures(operations);
  const config = {
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    // The contract's lint holds every example against its schema, so there is nothing left to find in an answer.
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    mock: { dynamic: false },
  } as const;
  // Prism's log of every request would cost half of its speed.
  const prism = createInstance(config, { logger: createLogger('mock', { level: 'silent' }) });

  return async (request) => {
    const requestId = randomUUID().replaceAll('-', '');
    const refuse = (status: number, refusal: Refusal): Answer => ({
      status,
      headers: { 'X-Request-Id': requestId, 'Content-Type': 'application/json' },
      body: JSON.stringify(fixtures.refusal(status, refusal, requestId)),
      refusal,
    });
    if (!URL.canParse(request.url ?? '', base))
      return refuse(400, ['The request has no path that can be read.']);
    const body = await readBody(request);
    if (body instanceof SyntaxError) return refuse(400, [`The body is not JSON: ${body.message}`]);

    const preference = fixtures.preference(request.headers.prefer as string | undefined);
    const input = toPrism(request, body);
    const result = await prism.request(input, operations, {
      ...config,
      mock: { ...config.mock, ...preference },
    })();
    if ('left' in result) {
      const error = result.left as ProblemJsonError;
      if (request.headers.prefer && !isUnrouted(error)) return refuse(400, [unmet(preference)]);
      return refuse(error.status ?? 500, [error.detail ?? error.message]);
    }
    const { output, validations } = result.right;
    const refusal = validations.input.map(({ message }) => message);
    if (refusal.length > 0 && output.statusCode === 400) return refuse(400, refusal);
    const answer = asAskedFor(input.url.query?.task_id, output.body);
    return {
      status: output.statusCode,
      headers: { 'X-Request-Id': requestId, ...output.headers },
      body: typeof answer === 'object' ? JSON.stringify(answer) : answer,
      ...(refusal.length > 0 && { refusal }),
    };
  };
}

/**
 * A list of tasks that was asked for one of them shows that one. The mock does not remember which ids it gave out, so it takes every
 * id for one that it did.
 */
function asAskedFor(taskId: string | string[] | undefined, body: unknown): string | object | undefined {
  const { export_tasks } = Object(body) as { export_tasks?: object[] };
  if (!taskId || !export_tasks) return body as string | object | undefined;
  return { ...(body as object), export_tasks: export_tasks.map((task) => ({ ...task, task_id: taskId })) };
}

/** Whether the document has no such path, or the path no such method. */
const isUnrouted = ({ name }: Error) => /#NO_(PATH|METHOD)_MATCHED/.test(name);

const unmet = ({ code, exampleKey }: Preference) =>
  `Prefer asks for ${exampleKey ? `the example ${exampleKey}` : `status ${code}`}, which this operation does not have.`;

async function readBody(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET') return undefined;
  const body = await text(request);
  if (body === '' || !request.headers['content-type']?.includes('json')) return body || undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    return error;
  }
}

function toPrism({ method = 'GET', url = '/', headers }: IncomingMessage, body: unknown): IHttpRequest {
  const { pathname, searchParams } = new URL(url, base);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(searchParams.keys())) {
    const [value = '', ...more] = searchParams.getAll(name);
    query[name] = more.length > 0 ? [value, ...more] : value;
  }
  return {
    method: method.toLowerCase() as IHttpRequest['method'],
    url: { path: pathname, query },
    headers: headers as Record<string, string>,
    body,
  };
}

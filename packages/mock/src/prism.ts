import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { resolve } from 'node:path';
import { createLogger, type IPrismDiagnostic } from '@stoplight/prism-core';
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
  type ProblemJsonError,
} from '@stoplight/prism-http';
import { isNoSignature, missingCredentials } from './credentials.ts';
import { createRefusals, keepExamples, readPreference } from './fixtures.ts';
import { Refused } from './refused.ts';
import { type Body, emptyValues, readBody, readUrl, type Url, wrongType } from './request.ts';
import { createRouter, type Operation } from './router.ts';

/** What to send back. */
export interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string | undefined;
}

/** Prism for the operations of a document. */
export interface Prism {
  /** The answer to a request. Throws `Refused` if the request breaks the contract. */
  answer(request: IncomingMessage): Promise<Answer>;
  /** The answer to a request that is refused. */
  refusal(refused: Refused): Answer;
}

const config = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  // The contract's lint holds every example against its schema, so there is nothing left to find in an answer.
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
} as const;

/** Of the severities of Prism's findings, the one that is not a mere warning. */
const violation = 0;

// Every media type: an answer is what the contract has an example of, whatever the request accepts.
const mock = { dynamic: false, mediaTypes: ['*/*'] };

/** Loads a document and gets Prism ready for it. */
export async function createPrism(spec: string): Promise<Prism> {
  const operations = await readOperations(spec);
  keepExamples(operations);
  const find = createRouter(operations);
  const refusalBody = createRefusals(operations);
  // Prism's log of every request would cost half of its speed.
  const prism = createInstance({ ...config, mock }, { logger: createLogger('mock', { level: 'silent' }) });

  return {
    async answer(request) {
      const url = readUrl(request.url);
      const operation = find(request.method ?? '', url.path);
      const preference = readPreference(request.headers.prefer as string | undefined, operation);
      const body = await readBody(request, operation);
      const result = await prism.request(toPrism(request, url, body, operation), [operation], {
        ...config,
        mock: { ...mock, ...preference },
      })();
      if ('left' in result) {
        const { status = 500, detail, message } = result.left as ProblemJsonError;
        throw new Refused(status, detail ?? message);
      }
      const { output, validations } = result.right;
      const wrong = validations.input.filter(({ severity }) => severity === violation);
      const why = whyRefused(request, url, body, operation, wrong);
      if (why) throw new Refused(wrong.length > 0 ? output.statusCode : 400, why);

      const content = asAskedFor(url.query.task_id, output.body);
      return {
        status: output.statusCode,
        headers: { 'X-Request-Id': createRequestId(), ...output.headers },
        body: typeof content === 'object' ? JSON.stringify(content) : content,
      };
    },
    refusal({ status, message, headers }) {
      const requestId = createRequestId();
      return {
        status,
        headers: { 'X-Request-Id': requestId, 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(refusalBody(status, message, requestId)),
      };
    },
  };
}

/** Why a request is refused, if it is. Of several reasons, those that hide the others are told alone. */
function whyRefused(
  { headers }: IncomingMessage,
  { query }: Url,
  body: Body,
  operation: Operation,
  wrong: IPrismDiagnostic[],
): string | undefined {
  const isWrong = (code: number) => wrong.some((diagnostic) => diagnostic.code === code);
  if (isWrong(401)) return missingCredentials(headers.authorization, operation);
  if (body.problem) return body.problem;
  if (isWrong(415)) return wrongType(headers['content-type'], operation);
  return [...emptyValues(query, operation), ...wrong.map(({ message }) => message)].join('; ') || undefined;
}

const createRequestId = () => randomUUID().replaceAll('-', '');

async function readOperations(spec: string): Promise<Operation[]> {
  const operations = await getHttpOperationsFromSpec(spec).catch((cause: Error) => {
    const reason = withoutPath(cause.message, resolve(spec));
    throw new Error(`Cannot read the OpenAPI document ${spec}: ${reason}`, { cause });
  });
  if (operations.length === 0) throw new Error(`The OpenAPI document ${spec} has no operations.`);
  return operations;
}

/** A message of Prism's about a file, in a line, without the name of the file. */
const withoutPath = (message: string, path: string) =>
  [`Error parsing ${path}: `, `Error opening file "${path}" `, `, open '${path}'`]
    .reduce((left, naming) => left.replaceAll(naming, ''), message.replaceAll(/\s+/g, ' '))
    .replace(`"${path}" is not a valid JSON Schema`, 'it has neither an object in JSON nor one in YAML')
    .replace(/:$/, '');

/**
 * A list of tasks that was asked for one of them shows that one. The mock does not remember which ids it gave out, so it takes every
 * id for one that it did.
 */
function asAskedFor(taskId: string | string[] | undefined, body: unknown): string | object | undefined {
  const { export_tasks } = Object(body) as { export_tasks?: object[] };
  if (!taskId || !export_tasks) return body as string | object | undefined;
  return { ...(body as object), export_tasks: export_tasks.map((task) => ({ ...task, task_id: taskId })) };
}

function toPrism(request: IncomingMessage, url: Url, body: Body, operation: Operation): IHttpRequest {
  const { authorization, ...others } = request.headers as Record<string, string>;
  const headers = { ...others, ...body.headers };
  // Prism takes whatever stands in the header for credentials.
  if (authorization !== undefined && !isNoSignature(authorization, operation))
    headers.authorization = authorization;
  return { method: operation.method as IHttpRequest['method'], url, headers, body: body.value };
}

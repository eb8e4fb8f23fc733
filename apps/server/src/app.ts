import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import type { OperationId } from '@connection-records/types';
import cors from '@fastify/cors';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import openapiGlue from 'fastify-openapi-glue';
import { Refusal } from './errors.ts';
import { createHandlers, type Service } from './handlers.ts';
import type { Sandbox } from './sandbox.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, which is what a signature covers. */
    rawBody: Buffer;
  }
}

/** What the application is made of. */
export interface AppOptions extends Service {
  sandbox: Sandbox;
  /** Throws a {@link Refusal} unless the caller may do this operation in this project. */
  authorize: (request: FastifyRequest, operationId: OperationId, projectId: string) => void;
  /** Origins of pages that may call, `*` for any; left out, none. */
  corsOrigin?: string;
  /** A line for each request and each fault, without personal data. */
  log?: { info: (line: object) => void; error: (line: object) => void };
}

const noBody = Buffer.alloc(0);

/** Bodies are lists of ids: 200 of 64 characters fit four times over. */
const bodyLimit = 64 * 1024;

/** The API over HTTP: routes and validation come from the contract. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { authorize, sandbox, exports, corsOrigin, log } = options;
  const app = Fastify({
    bodyLimit,
    genReqId: () => randomUUID().replaceAll('-', ''),
    routerOptions: { maxParamLength: 256 },
    // Answers under way are finished; connections that wait for nothing are closed.
    forceCloseConnections: 'idle',
    // A HEAD would start an export as the GET does.
    exposeHeadRoutes: false,
  });
  if (corsOrigin)
    await app.register(cors, { origin: corsOrigin, exposedHeaders: '*', methods: ['GET', 'POST'] });

  // A query is text that stands for numbers and booleans; JSON has its own.
  const query = createAjv(true);
  const json = createAjv(false);
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? json : query).compile(schema));

  app.decorateRequest('rawBody');
  app.addHook('preParsing', async (request, _reply, payload) => {
    // A GET has no body, and need not pay for reading one.
    request.rawBody = request.method === 'GET' ? noBody : await buffer(Readable.from(limited(payload)));
    return request.method === 'GET' ? payload : Readable.from([request.rawBody]);
  });
  app.addHook('preValidation', async (request) => {
    const operationId = operationOf(request);
    if (operationId) authorize(request, operationId, (request.params as { project_id: string }).project_id);
    const { schema } = request.routeOptions;
    if (schema?.body && request.body === undefined)
      throw new Refusal('invalidParameter', 'The request has no body. Send one of JSON.');
  });
  app.addHook('preHandler', async (request, reply) => {
    if (sandbox.before(request, reply)) await exports.expire();
  });
  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('X-Request-Id', request.id);
    return sandbox.body(request, reply, payload);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { id, method, routeOptions } = request;
    // The route, not the URL: that would hold user names and addresses.
    const ms = Math.round(reply.elapsedTime);
    log?.info({
      id,
      method,
      route: routeOptions.url,
      operation: operationOf(request),
      status: reply.statusCode,
      ms,
    });
  });
  app.setNotFoundHandler(() => {
    throw new Refusal('apiNotFound');
  });
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error, request);
    if (refusal.status >= 500) log?.error({ id: request.id, error: error.stack });
    const request_id = refusal.code.startsWith('APIGW.') ? { request_id: request.id } : {};
    const body = { error_code: refusal.code, error_msg: refusal.message, ...request_id };
    reply.code(refusal.status).headers(refusal.headers).type('application/json').send(JSON.stringify(body));
  });

  app.get('/healthz', async () => ({ status: 'ok' }));
  await app.register(openapiGlue, {
    specification: contract,
    serviceHandlers: createHandlers(options),
  });
  refuseOtherMethods(app);
  return app;
}

/** Unknown keywords are the contract's own notes. */
function createAjv(coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, coerceTypes, useDefaults: true });
  addFormats.default(ajv);
  return ajv;
}

async function* limited(payload: AsyncIterable<Buffer>) {
  let size = 0;
  for await (const chunk of payload) {
    size += chunk.length;
    if (size > bodyLimit)
      throw new Refusal(
        'invalidParameter',
        `The body is larger than ${bodyLimit} bytes. Name fewer tasks at once.`,
      );
    yield chunk;
  }
}

const operationOf = ({ routeOptions }: FastifyRequest) =>
  (routeOptions.schema as { operationId?: OperationId } | undefined)?.operationId;

/** Whatever the framework refuses is a request that is not valid; anything else is our own fault. */
function refusalOf(error: FastifyError, request: FastifyRequest): Refusal {
  if (error.validation) return new Refusal('invalidParameter', describe(error, request));
  if (error.statusCode && error.statusCode < 500) return new Refusal('invalidParameter', `${error.message}.`);
  return new Refusal('internalError');
}

/** Which parameter is wrong, what it is, and what it must be. */
function describe(
  { validation = [], validationContext }: FastifyError,
  { query, params, body }: FastifyRequest,
): string {
  const values = { querystring: query, params, body, headers: {} }[validationContext ?? 'headers'];
  return validation
    .map(({ instancePath, message = 'is not valid', params: { allowedValues } }) => {
      const name = instancePath.slice(1).replaceAll('/', '.') || 'The body';
      const value = Object(values)[name];
      const given = value === undefined ? name : `${name} is ${String(value).slice(0, 80)}; it`;
      return `${given} ${message}${Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : ''}.`;
    })
    .join(' ');
}

/** A path of the contract answers every method that it does not have with 405. */
function refuseOtherMethods(app: FastifyInstance) {
  for (const [path, item] of Object.entries(contract.paths)) {
    const own = Object.keys(item).map((method) => method.toUpperCase());
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) => !own.includes(method),
    );
    app.route({
      method: others,
      url: path.replace(/\{(\w+)\}/g, ':$1'),
      handler: () => {
        throw new Refusal('methodNotAllowed', undefined, {
          Allow: own.filter((method) => method !== 'PARAMETERS').join(', '),
        });
      },
    });
  }
}

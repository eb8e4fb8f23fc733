import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { OperationId } from '@connection-records/types';
import cors from '@fastify/cors';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify';
import { fileHeaders } from './download.ts';
import { Refusal } from './errors.ts';
import { createHandlers, type Service } from './handlers.ts';
import type { ReadinessProbe } from './readiness.ts';
import { methods, routes } from './routes.ts';
import type { Sandbox } from './sandbox.ts';
import { isPassing } from './store/postgres/passing.ts';
import { createValidators, describe } from './validation.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, which is what a signature covers; a GET has none. */
    rawBody?: Buffer;
  }
  interface FastifyContextConfig {
    operationId?: OperationId;
  }
}

/** What the application is made of. */
export interface AppOptions extends Service {
  sandbox: Sandbox;
  /** Throws a {@link Refusal} unless the caller may do this operation in this project. */
  authorize: (request: FastifyRequest, operationId: OperationId, projectId: string) => void;
  readiness: Pick<ReadinessProbe, 'check' | 'draining'>;
  /** Adds what watches requests. */
  watch?: (app: FastifyInstance) => void;
  /** Origins of pages that may call, `*` for any; left out, none. */
  corsOrigin?: string;
  /** A line for each request and each fault, without personal data. */
  log?: { info: (line: object) => void; error: (line: object) => void };
}

/** Bodies are lists of ids: 200 of 64 characters fit four times over. */
const bodyLimit = 64 * 1024;

/** Ours instead of the framework's, which would be loaded only not to be used. (Its types want Ajv's own signature; it calls with this one.) */
const compilersFactory = {
  buildValidator: createValidators as () => never,
  buildSerializer: () => () => JSON.stringify,
};

/** The API over HTTP: routes and validation come from the contract. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { corsOrigin, log, readiness } = options;
  const app = Fastify({
    bodyLimit,
    genReqId: requestIds(),
    routerOptions: { maxParamLength: 256 },
    // Answers under way are finished; connections that wait for nothing are closed.
    forceCloseConnections: 'idle',
    // A HEAD would start an export as the GET does.
    exposeHeadRoutes: false,
    schemaController: { compilersFactory },
  });
  // Hooks call back: promises, of which each costs a microsecond or two, are for those that have to wait.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    // Whoever calls again shall find another server.
    if (readiness.draining) reply.header('Connection', 'close');
    done();
  });
  if (corsOrigin)
    await app.register(cors, { origin: corsOrigin, exposedHeaders: '*', methods: ['GET', 'POST'] });

  options.watch?.(app);
  if (log) {
    app.addHook('onResponse', (request, reply, done) => {
      log.info(lineOf(request, reply));
      done();
    });
  }
  app.setNotFoundHandler(() => {
    throw new Refusal('apiNotFound');
  });
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error, request);
    if (refusal.status >= 500) log?.error({ id: request.id, error: error.stack });
    const request_id = refusal.code.startsWith('APIGW.') ? { request_id: request.id } : {};
    // Of a file whose first bytes could not be had.
    for (const name of fileHeaders) reply.removeHeader(name);
    const body = { error_code: refusal.code, error_msg: refusal.message, ...request_id };
    reply.code(refusal.status).headers(refusal.headers).type('application/json').send(JSON.stringify(body));
  });

  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const found = await readiness.check();
    return reply.code(found.status === 'ready' ? 200 : 503).send(found);
  });
  serveOperations(app, options);
  refuseOtherMethods(app);
  return app;
}

/** 32 hexadecimal digits that no other request has: some of this process, and a number. */
function requestIds() {
  const process = randomUUID().replaceAll('-', '').slice(0, 20);
  let number = 0;
  return () => process + (++number).toString(16).padStart(12, '0');
}

function lineOf({ id, method, routeOptions }: FastifyRequest, { statusCode, elapsedTime }: FastifyReply) {
  return {
    id,
    method,
    // Not the URL: that would hold user names and addresses.
    route: routeOptions.url,
    operation: routeOptions.config?.operationId,
    status: statusCode,
    ms: Math.round(elapsedTime),
  };
}

/** A route for each operation of the contract. */
function serveOperations(app: FastifyInstance, options: AppOptions) {
  const { authorize, sandbox, exports } = options;
  const handlers = createHandlers(options);
  for (const { operationId, schema, ...route } of routes) {
    app.route({
      ...route,
      schema,
      config: { operationId },
      ...(schema.body !== undefined && { preParsing: keepBody }),
      preValidation: (request, _reply, done) => {
        authorize(request, operationId, (request.params as { project_id: string }).project_id);
        if (schema.body && request.body === undefined)
          throw new Refusal('invalidParameter', 'The request has no body. Send one of JSON.');
        done();
      },
      preHandler: (request, reply, done) => {
        if (!sandbox.before(request, reply)) return done();
        const { project_id } = request.params as { project_id: string };
        exports.expire(project_id).then(() => done(), done);
      },
      onSend: (request, reply, payload, done) => done(null, sandbox.body(request, reply, payload)),
      handler: handlers[operationId] as unknown as RouteHandlerMethod,
    });
  }
}

async function keepBody(request: FastifyRequest, _reply: FastifyReply, payload: AsyncIterable<Buffer>) {
  request.rawBody = await buffer(Readable.from(limited(payload)));
  return Readable.from([request.rawBody]);
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

/** Whatever the framework refuses is a request that is not valid; anything else is our own fault. */
function refusalOf(error: FastifyError, request: FastifyRequest): Refusal {
  if (error.validation) return new Refusal('invalidParameter', describe(error, request));
  if (error.statusCode && error.statusCode < 500) return new Refusal('invalidParameter', `${error.message}.`);
  // The store cannot be reached, which is nobody's fault and will pass.
  if (isPassing(error)) return new Refusal('serviceUnavailable', undefined, { 'Retry-After': '1' });
  return new Refusal('internalError');
}

/** A path of the contract answers every method that it does not have with 405. */
function refuseOtherMethods(app: FastifyInstance) {
  for (const { url, own } of methods) {
    const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) => !own.includes(method),
    );
    app.route({
      method: others,
      url,
      handler: () => {
        throw new Refusal('methodNotAllowed', undefined, { Allow: own.join(', ') });
      },
    });
  }
}

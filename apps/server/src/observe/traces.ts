import { randomUUID } from 'node:crypto';
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { startNodeSdk } from '@opentelemetry/sdk-node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Store } from '../store/store.ts';
import { aroundStore, type CountedWriteFile, type Instrument } from './instrument.ts';

/** Unless `OTEL_SERVICE_NAME` or `OTEL_RESOURCE_ATTRIBUTES` says otherwise. */
const serviceName = 'connection-records-server';

/** How long the last spans may take to be sent, in milliseconds. */
const patience = 3_000;

/**
 * Traces of requests, of what they ask of the store, and of exports, sent to where the variables `OTEL_…` say. No span has a query or a
 * header: those hold user names and secrets.
 */
export function openTraces(): Instrument {
  const sdk = startNodeSdk({
    ...whoWeAre(process.env),
    metricReaders: [],
    logRecordProcessors: [],
    // What goes wrong is written to the standard error; the standard output has the log.
    logLevel: process.env.OTEL_LOG_LEVEL || 'warn',
  });
  const tracer = trace.getTracer(serviceName);

  /** Calls within a span, which is then the parent of those that the call begins. */
  const within = <T>(span: Span, call: () => Promise<T>): Promise<T> =>
    context.with(trace.setSpan(context.active(), span), async () => {
      try {
        return await call();
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
        throw error;
      } finally {
        span.end();
      }
    });

  return {
    requests: (app) => watchRequests(app, (...args) => tracer.startSpan(...args)),
    store: (store: Store) =>
      aroundStore(
        store,
        (name, method) =>
          (...args) =>
            within(tracer.startSpan(`store ${name}`), () => method(...args)),
      ),
    writeFile:
      (write: CountedWriteFile): CountedWriteFile =>
      (task, ...rest) => {
        const attributes = {
          'connection_records.project_id': task.projectId,
          'connection_records.task_id': task.taskId,
          'connection_records.format': task.format,
        };
        // Of nobody's request: another server may have been asked, long ago.
        const span = tracer.startSpan('export', { attributes, root: true });
        return within(span, async () => {
          const written = await write(task, ...rest);
          return span.setAttributes({ 'connection_records.rows': written.rows }) && written;
        });
      },
    async close() {
      const late = new Promise((resolve) => setTimeout(resolve, patience).unref());
      // A collector that is away must not keep the server from ending.
      await Promise.race([sdk.shutdown().catch(() => undefined), late]);
    },
  };
}

/** Under which name traces are sent. What the process is they tell only if asked: a command line may hold a password. */
function whoWeAre(env: NodeJS.ProcessEnv) {
  const { OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES = '', OTEL_NODE_RESOURCE_DETECTORS } = env;
  const named = /(^|,)\s*service\.name=/.test(OTEL_RESOURCE_ATTRIBUTES);
  return {
    resourceAttributes: {
      ...((name || !named) && { 'service.name': name || serviceName }),
      'service.instance.id': randomUUID(),
    },
    ...(!OTEL_NODE_RESOURCE_DETECTORS && { resourceDetectors: [] }),
  };
}

type Start = (name: string, options: object, parent: Context) => Span;

/** A span for each request of an operation, below the one that the caller names in `traceparent`. */
function watchRequests(app: FastifyInstance, start: Start) {
  const requests = new WeakMap<FastifyRequest, { span: Span; inside: Context }>();
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions, headers } = request;
    const operation = routeOptions.config?.operationId;
    if (operation) {
      const attributes = {
        'http.request.method': method,
        'http.route': routeOptions.url,
        'connection_records.operation': operation,
        'connection_records.request_id': request.id,
      };
      const parent = propagation.extract(ROOT_CONTEXT, headers);
      const span = start(`${method} ${routeOptions.url}`, { kind: SpanKind.SERVER, attributes }, parent);
      requests.set(request, { span, inside: trace.setSpan(parent, span) });
    }
    done();
  });
  // Not earlier: reading a body loses the context.
  app.addHook('preHandler', (request, _reply, done) => {
    const known = requests.get(request);
    if (known) context.with(known.inside, done);
    else done();
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    const span = requests.get(request)?.span;
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

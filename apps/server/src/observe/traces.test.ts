// Traces as a collector gets them: from the command, over OTLP and HTTP.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Process, startProcess, token } from '../cli.testing.ts';

interface Value {
  stringValue?: string;
  intValue?: number;
}
interface Attribute {
  key: string;
  value: Value;
}
interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attribute[];
}
interface Sent {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[];
}

const valuesOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

let collector: Server;
let requests: { url: string | undefined; type: string | undefined; body: unknown }[];
let endpoint: string;
let server: Process;
beforeEach(async () => {
  requests = [];
  collector = createServer(async (request: IncomingMessage, answer) => {
    const { url, headers } = request;
    const type = headers['content-type'];
    const body = type === 'application/json' ? await json(request) : void request.resume();
    requests.push({ url, type, body });
    // Nothing to say, in either form.
    answer.writeHead(200, { 'Content-Type': type }).end(type === 'application/json' ? '{}' : '');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.child.kill('SIGKILL');
  collector.closeAllConnections();
  collector.close();
});

const ask = async (path: string, more: Record<string, string> = {}) =>
  (await fetch(`${server.url}${path}`, { headers: { 'X-Auth-Token': token, ...more } })).json();

/** An export from its start to its end, and the end of the server, which sends what is left. */
async function run(variables: Record<string, string>, traceparent: Record<string, string> = {}) {
  server = await startProcess([], variables);
  await ask('/v3/p/desktops/connections/export?user_name=zhang3', traceparent);
  await ask('/v2/p/export-tasks', { Prefer: 'wait=20' });
  await fetch(`${server.url}/readyz`);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}

describe('traces', () => {
  test('of requests, of their calls of the store and of exports go to the collector, without what is private', async () => {
    const [traceId, caller] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const variables = {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=a test,service.name=theirs',
      OTEL_SERVICE_NAME: '',
    };
    await run(variables, { traceparent: `00-${traceId}-${caller}-01` });

    const sent = requests.map(({ url, body }) => ({ url, body: body as Sent }));
    expect(new Set(sent.map(({ url }) => url))).toEqual(new Set(['/v1/traces']));
    const resource = valuesOf(sent[0]!.body.resourceSpans[0]!.resource.attributes);
    expect(resource).toMatchObject({
      'service.name': 'theirs',
      'deployment.environment': 'a test',
    });
    expect(Object.keys(resource).filter((name) => name.startsWith('process.'))).toEqual([]);

    const spans = sent.flatMap(({ body }) =>
      body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
    const named = (name: string) => spans.filter((span) => span.name === name);
    const [start] = named('GET /v3/:project_id/desktops/connections/export');
    expect(start).toMatchObject({ traceId, parentSpanId: caller });
    expect(valuesOf(start!.attributes)).toMatchObject({
      'http.response.status_code': 200,
      'connection_records.operation': 'exportConnectionRecords',
    });
    expect(named('store addTask')).toEqual([
      expect.objectContaining({ traceId, parentSpanId: start!.spanId }),
    ]);
    const [file] = named('export');
    expect(valuesOf(file!.attributes)).toMatchObject({
      'connection_records.project_id': 'p',
      'connection_records.rows': 0,
    });
    expect(file!.traceId).not.toBe(traceId);
    expect(spans.filter(({ name }) => name.includes('readyz'))).toEqual([]);
    expect(JSON.stringify(sent)).not.toMatch(/zhang3|a-token/);
  });

  test('are protocol buffers under the service’s own name where the variables say so', async () => {
    await run({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/here`, OTEL_SERVICE_NAME: 'mine' });
    expect(requests[0]).toMatchObject({ url: '/here', type: 'application/x-protobuf' });
  });

  test.each<Record<string, string>>([
    { OTEL_SDK_DISABLED: 'true' },
    { OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_TRACES_SAMPLER: 'always_off' },
  ])('stay away where the variables say %o', async (variables) => {
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...variables });
    expect(requests).toEqual([]);
  });

  test('do not keep a server from ending when their collector is away', async () => {
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    expect(requests).toEqual([]);
  });
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { checkOptions } from './options.ts';
import { type Answer, createPrism } from './prism.ts';
import { Refused } from './refused.ts';

/** How to start a mock. Every part may be left out. */
export interface MockOptions {
  /** The port to listen on, 0 to 65535. Left out or 0, a free one. */
  port?: number;
  /** The address to listen on. Left out, this machine alone can reach the mock. */
  host?: string;
  /** Path of the OpenAPI document to mock, JSON or YAML. Left out, the contract of this project. */
  spec?: string;
  /** Told of every refused request, with the reason, in one line. */
  onRefused?: (line: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, for example `http://127.0.0.1:4010`. */
  url: string;
  /** Stops it, cutting connections that are still open. */
  close(): Promise<void>;
}

/**
 * Starts a mock of the API and resolves once it answers.
 *
 * Any token, and any signature, is taken for valid, but one of them has to be sent. Requests are held against the
 * contract; one that breaks it is refused with the contract's own error body, whose `error_msg` says why. A request picks
 * its answer with `Prefer: example=NAME`. The mock remembers nothing from one request to the next.
 *
 * @throws if an option makes no sense, the document cannot be read, or the port cannot be had (an error whose `code` is
 * `EADDRINUSE`, for example).
 */
export async function startMock({
  port = 0,
  host = '127.0.0.1',
  spec,
  onRefused,
}: MockOptions = {}): Promise<Mock> {
  checkOptions({ port, host, spec });
  const prism = await createPrism(
    spec ?? fileURLToPath(import.meta.resolve('@connection-records/openapi/openapi.json')),
  );
  const server = createServer(async (request, response) => {
    allowEveryOrigin(request, response);
    if (isPreflight(request)) return response.writeHead(204).end();
    try {
      send(response, await prism.answer(request));
    } catch (error) {
      // The request broke off in its body: nobody is left to answer.
      if (request.errored) return;
      const refused = toRefused(error as Error);
      send(response, prism.refusal(refused));
      onRefused?.(`${request.method} ${request.url} was refused with ${refused.status}: ${refused.message}`);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        // An error would only say that it is closed already.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const send = (response: ServerResponse, { status, headers, body = '' }: Answer) =>
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);

const toRefused = (error: Error) =>
  error instanceof Refused ? error : new Refused(500, `The mock failed: ${error.message}`);

/** A page of any origin may call the mock, with whatever headers it signs. */
function allowEveryOrigin(request: IncomingMessage, response: ServerResponse) {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Expose-Headers', '*');
  if (!isPreflight(request)) return;
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  // The asterisk would not cover Authorization, so name what the browser asks for.
  response.setHeader(
    'Access-Control-Allow-Headers',
    request.headers['access-control-request-headers'] ?? '*',
  );
}

const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { sendsPlain } from '../credentials.ts';
import type { Answer, Outgoing } from '../transport.ts';

/**
 * Sends requests by Node's own `http` and `https`, over connections that stay open, which takes less time than its `fetch` does: no web
 * stream is made where nobody reads one. For the option `fetch` of `createClient`.
 *
 * It is Node's global agents that keep the connections, so that the proxy, the certificates and the limits set there hold. Files are
 * asked for as they are, not compressed, so that their length is known and a broken download can go on.
 *
 * @throws TypeError, as `fetch` does, if there is no answer. Its `cause` is what Node says.
 * @example createClient({ region: 'cn-north-4', ...findIdentity(), fetch: keepAlive })
 */
export async function keepAlive(request: Outgoing): Promise<Answer> {
  const { url, method, signal } = request;
  const body = method === 'GET' ? undefined : await request.clone().text();
  const headers: Record<string, string> = { 'Accept-Encoding': 'identity' };
  for (const [name, value] of request.headers) headers[name] = value;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const { send, protocol, hostname, port, path } = wayTo(url);
    const sent = send({ protocol, hostname, port, path, method, headers });
    signal.addEventListener('abort', () => sent.destroy(signal.reason));
    sent.on('error', (cause) => reject(signal.aborted ? signal.reason : failure(cause)));
    sent.on('response', (message) => resolve(new NodeAnswer(message)));
    sent.end(body);
  });
}
sendsPlain.add(keepAlive);

const failure = (cause: unknown) => new TypeError('fetch failed', { cause });

/** How a URL is called. All but its path is kept: most processes call but one server. */
function wayTo(url: string) {
  const end = url.indexOf('/', 8);
  const origin = url.slice(0, end);
  if (last?.origin !== origin) {
    // Got without an import, which would load them, and fetch with them, before the first call.
    const { request: send } = process.getBuiltinModule(/^https:/.test(url) ? 'node:https' : 'node:http');
    const { protocol, hostname, port } = urlToHttpOptions(new URL(origin));
    last = { origin, send, protocol, hostname, port };
  }
  const { send, protocol, hostname, port } = last;
  return { send, protocol, hostname, port, path: url.slice(end).replace(/#.*/s, '') };
}
interface Way extends Pick<RequestOptions, 'protocol' | 'hostname' | 'port'> {
  origin: string;
  send: typeof import('node:http').request;
}
let last: Way | undefined;

/** What the client looks at of an answer, made when it does. */
class NodeAnswer implements Answer {
  readonly type = 'basic';
  readonly status: number;
  readonly ok: boolean;
  readonly #message: IncomingMessage;
  readonly #content: Readable;
  #headers: Headers | undefined;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;

  constructor(message: IncomingMessage) {
    this.status = message.statusCode!;
    this.ok = this.status > 199 && this.status < 300;
    this.#message = message;
    this.#content = decoded(message);
    // Whoever reads is told; of what nobody reads, nobody need know.
    this.#content.on('error', () => {});
  }

  get headers() {
    this.#headers ??= new Headers(
      Object.entries(this.#message.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      ),
    );
    return this.#headers;
  }

  get body() {
    this.#body ??= streamOf(this.#content);
    return this.#body;
  }

  text() {
    return new Promise<string>((resolve, reject) => {
      let text = '';
      this.#content
        .setEncoding('utf8')
        .on('data', (piece) => {
          text += piece;
        })
        .on('end', () => resolve(text.replace(/^\ufeff/, '')))
        .on('error', (cause) => reject(failure(cause)));
    });
  }
}

/** What was compressed although nobody asked for it, as it was before. */
function decoded(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding'];
  if (!encoding || encoding === 'identity') return message;
  const { createBrotliDecompress, createUnzip } = process.getBuiltinModule('node:zlib');
  const decoder = encoding === 'br' ? createBrotliDecompress() : createUnzip();
  message.on('error', (error) => decoder.destroy(error));
  return message.pipe(decoder).on('close', () => message.destroy());
}

/** Node's stream as one of the web. */
function streamOf(content: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = content[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void content.destroy(),
  });
}

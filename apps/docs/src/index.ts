import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

const site = fileURLToPath(new URL('../dist/', import.meta.url));

const textTypes: Record<string, string> = { yaml: 'text/yaml', md: 'text/markdown', txt: 'text/plain' };

/** The addresses that the console calls. */
export interface SandboxAddresses {
  /** A server in its sandbox mode, for example `http://127.0.0.1:4020`. */
  server: string;
  /** The mock, for when that server does not answer. */
  mock: string;
}

/** How to serve the documentation. Every part may be left out. */
export interface DocsOptions {
  /** What the console calls, served as `/sandbox.json`. Left out, the file of that name in the site. */
  sandbox?: SandboxAddresses;
  /** The port to listen on. Left out or 0, a free one. */
  port?: number;
  /** The address to listen on. Left out, this machine alone can reach the site. */
  host?: string;
}

/** The documentation, served. */
export interface Docs {
  /** Where it listens, for example `http://127.0.0.1:4000`. */
  url: string;
  /** Stops it, cutting connections that are still open. */
  close(): Promise<void>;
}

/**
 * Serves the built site and resolves once it answers.
 *
 * @throws if the site is not built, or the port cannot be had (an error whose `code` is `EADDRINUSE`, for example).
 */
export async function startDocs({ port = 0, host = '127.0.0.1', sandbox }: DocsOptions = {}): Promise<Docs> {
  const notFound = await readFile(`${site}404.html`);
  const serve = sirv(site, {
    etag: true,
    gzip: true,
    // sirv names no charset but for HTML, and half of the site is Chinese.
    setHeaders: (response, path) => {
      const [, type] = /\.(yaml|md|txt)$/.exec(path) ?? [];
      if (type) response.setHeader('Content-Type', `${textTypes[type]};charset=utf-8`);
    },
    onNoMatch: (_, response) => {
      response.writeHead(404, { 'Content-Type': 'text/html;charset=utf-8' }).end(notFound);
    },
  });
  const server = createServer((request, response) => {
    if (!sandbox || request.url !== '/sandbox.json') return serve(request, response);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(sandbox));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

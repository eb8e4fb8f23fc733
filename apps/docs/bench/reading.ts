// How long a reader waits for the first operation, on a slow line and a slow phone: here, and with what others make of the same contract.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import type { Browser } from 'playwright-core';
import { report, sideBySide } from '../../../scripts/measure.ts';
import { launch } from '../src/testing/browser.ts';
import { referencePage } from './site.ts';
import { unpack } from './tools.ts';

const rounds = 5;
/** 1 Mbps, 40 ms, and a processor four times slower. */
const line = { offline: false, latency: 40, downloadThroughput: 125_000, uploadThroughput: 125_000 };
const slowness = 4;
/** As long as anybody would wait, in milliseconds. */
const patience = 60_000;

/** The beginning of what the first operation does: read once it is on the screen of the reader, or one scroll away from it. */
const firstWords = 'Starts a task that writes the connection records';

const types: Record<string, string> = {
  html: 'text/html;charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  svg: 'image/svg+xml',
};

/** Files by their paths. */
type Site = (path: string) => Buffer | undefined;

/** Serves files gzipped, each packed once. */
async function serve(site: Site) {
  const packed = new Map<string, Buffer>();
  const server = createServer(({ url = '/' }, response) => {
    const path = url.split('?', 1)[0]!.replace(/\/$/, '/index.html');
    const file = packed.get(path) ?? site(path);
    if (!file) return response.writeHead(404).end();
    const body = packed.get(path) ?? gzipSync(file);
    packed.set(path, body);
    const type = types[path.split('.').pop()!] ?? 'application/octet-stream';
    return response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const fromFolder =
  (folder: URL): Site =>
  (path) => {
    try {
      return readFileSync(fileURLToPath(new URL(`.${path}`, folder)));
    } catch {
      return undefined;
    }
  };

/** A page of another project, as its own documentation says to write it, but with nothing from other hosts. */
function viewer(home: URL, files: Record<string, string>, body: string): Site {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API</title></head><body>${body}</body></html>`;
  return (path) => {
    if (path === '/index.html') return Buffer.from(page);
    if (path === '/openapi.json') return Buffer.from(JSON.stringify(contract));
    return files[path] ? readFileSync(new URL(files[path], home)) : undefined;
  };
}

const sites = (): Record<string, { site: Site; at: string }> => ({
  'Swagger UI 5': {
    at: '/',
    site: viewer(
      unpack('swagger-ui-dist'),
      { '/ui.js': 'swagger-ui-bundle.js', '/ui.css': 'swagger-ui.css' },
      // Operations are folded up unless it is told otherwise, and then nobody could read one.
      '<link rel="stylesheet" href="/ui.css"><div id="ui"></div><script src="/ui.js"></script><script>SwaggerUIBundle({ url: "/openapi.json", dom_id: "#ui", docExpansion: "full" })</script>',
    ),
  },
  // It writes an operation when it is scrolled to, or linked to.
  Scalar: {
    at: '/#tag/export/GET/v3/{project_id}/desktops/connections/export',
    site: viewer(
      unpack('@scalar/api-reference'),
      { '/ui.js': 'dist/browser/standalone.js' },
      '<div id="ui"></div><script src="/ui.js"></script><script>Scalar.createApiReference("#ui", { url: "/openapi.json", withDefaultFonts: false, telemetry: false })</script>',
    ),
  },
  'Redoc 2': {
    at: '/',
    site: viewer(
      unpack('redoc'),
      { '/ui.js': 'bundles/redoc.standalone.js' },
      '<redoc spec-url="/openapi.json"></redoc><script src="/ui.js"></script>',
    ),
  },
  'this reference': { at: referencePage, site: fromFolder(new URL('../dist/', import.meta.url)) },
});

/** Milliseconds from the request for the page until the words are drawn. */
async function read(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  try {
    const page = await context.newPage();
    await page.route(
      (address) => address.origin !== new URL(url).origin,
      (route) => route.abort(),
    );
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', line);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
    await page.addInitScript(watch, firstWords);
    await page.goto(url, { waitUntil: 'commit' });
    return await Promise.race([
      page.evaluate(() => (globalThis as unknown as { drawn: Promise<number> }).drawn),
      sleep(patience, undefined, { ref: false }).then(() => {
        throw new Error(`${url} did not show “${firstWords}” within ${patience / 1000} s.`);
      }),
    ]);
  } finally {
    await context.close();
  }
}

/** Runs in the page: looks at every frame whether the words are there and have a place on the page, until they have been drawn. */
function watch(words: string) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const shown = () => {
    if (!document.body?.textContent?.includes(words)) return false;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode as Text;
      if (data.includes(words) && parentElement?.checkVisibility()) return true;
    }
    return false;
  };
  const drawn = (async () => {
    while (!shown()) await frame();
    // In the next frame, the one that has them has been drawn.
    await frame();
    await frame();
    return performance.now();
  })();
  Object.assign(globalThis, { drawn });
}

/** Asked: at most 1.5 s. */
export async function benchReading(): Promise<void> {
  const browser = await launch();
  const servers = await Promise.all(
    Object.entries(sites()).map(async ([name, { site, at }]) => ({ name, at, server: await serve(site) })),
  );
  const subjects = servers.map(
    ({ name, at, server }) => [name, () => read(browser, server.url + at)] as const,
  );
  const series = await sideBySide('ms', rounds, Object.fromEntries(subjects));
  await browser.close();
  for (const { server } of servers) server.close();
  await report(
    'docs: until the first operation can be read, 1 Mbps, 40 ms, processor 4 times slower',
    series,
  );
}

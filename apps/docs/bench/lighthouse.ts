// What Lighthouse thinks of the landing page, of a page of the reference and of the console, on its idea of a phone.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { report, type Series } from '../../../scripts/measure.ts';
import { startDocs } from '../src/index.ts';
import { findChromium } from '../src/testing/browser.ts';
import { referencePage } from './site.ts';
import { install } from './tools.ts';

const rounds = 5;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

type Lighthouse = (
  url: string,
  flags: object,
) => Promise<{
  lhr: {
    runtimeError?: { message: string };
    categories: Record<string, { score: number; auditRefs: { id: string }[] }>;
    audits: Record<string, { score: number | null; title: string }>;
  };
}>;

/** Asked: performance of at least 95, and the other three 100. Each figure is the median of five runs. */
export async function benchLighthouse(): Promise<void> {
  const entry = new URL('core/index.js', install('lighthouse'));
  const lighthouse: Lighthouse = (await import(entry.href)).default;
  const docs = await startDocs();
  for (const path of ['/', referencePage, '/console/']) {
    const series = categories.map((what): Series => ({ what, unit: 'of 100', values: [] }));
    const lost = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const scores = await judge(lighthouse, docs.url + path, lost);
      for (const [place, { values }] of series.entries()) values.push(scores[place]!);
    }
    await report(`docs: Lighthouse ${path}`, series);
    if (lost.size > 0) console.log(`Points lost: ${[...lost].join('; ')}`);
  }
  await docs.close();
}

async function judge(lighthouse: Lighthouse, url: string, lost: Set<string>): Promise<number[]> {
  const port = await freePort();
  const browser = await chromium.launch({
    ...(await findChromium()),
    args: [`--remote-debugging-port=${port}`],
  });
  try {
    const { lhr } = await lighthouse(url, { port, onlyCategories: categories, logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`Lighthouse could not judge ${url}: ${lhr.runtimeError.message}`);
    return categories.map((name) => {
      const { score, auditRefs } = lhr.categories[name]!;
      for (const { id } of score < 1 ? auditRefs : []) {
        const audit = lhr.audits[id]!;
        if (audit.score !== null && audit.score < 0.9) lost.add(`${name}: ${audit.title}`);
      }
      return Math.round(score * 100);
    });
  } finally {
    await browser.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Mock, startMock } from '@connection-records/mock';
import { type Server, sandboxAccount, seedRecords, startServer } from '@connection-records/server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Docs, startDocs } from '../index.ts';
import { launch } from '../testing/browser.ts';

export const project = '0123456789abcdef0123456789abcdef';
export const records = [...seedRecords({ rows: 300, projectId: project, seed: 1, now: Date.now() })];

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url));

/** The site with its sandbox, and a browser to look at it. */
export interface Stage {
  docs: Docs;
  server: Server;
  mock: Mock;
  /** Opens a page in a window of its own, and notes which hosts it calls. Nothing may go wrong in it that nobody catches. */
  open(path: string, options?: BrowserContextOptions): Promise<Page & { called: Set<string> }>;
  close(): Promise<void>;
}

/** Starts all of it on free ports. */
export async function startStage(): Promise<Stage> {
  const server = await startServer({ accounts: [sandboxAccount], sandbox: true });
  await server.store.addRecords(project, records);
  const mock = await startMock();
  const docs = await startDocs({ sandbox: { server: server.url, mock: mock.url } });
  const browser: Browser = await launch();
  return {
    docs,
    server,
    mock,
    async open(path, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      const called = new Set<string>();
      page.on('request', (request) => called.add(new URL(request.url()).origin));
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.goto(docs.url + path);
      return Object.assign(page, { called });
    },
    async close() {
      await browser.close();
      await Promise.all([docs, mock, server].map((service) => service.close()));
    },
  };
}

/** Keeps a picture of a page for people to look at, in a folder that git ignores. */
export async function picture(page: Page, name: string) {
  // What sticks to the top of the window would stand in the middle of the picture.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${name}.png`, fullPage: true });
}

/** How pages are looked at: on a desk and on a phone, by day and by night. */
export const looks = [
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const;

/** What axe finds wrong in the content of a page, by day and by night, a line each. */
export async function violations(page: Page): Promise<string[]> {
  // As a script element it would need a policy that allows it.
  await page.evaluate(axe);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(
      ...(await page.evaluate(async () => {
        type Found = { violations: { id: string; nodes: { html: string }[] }[] };
        const { axe } = globalThis as unknown as { axe: { run(where: string): Promise<Found> } };
        const { violations } = await axe.run('main');
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      })),
    );
  }
  return found;
}
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

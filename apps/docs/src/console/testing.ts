import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Mock, startMock } from '@connection-records/mock';
import { type Server, sandboxAccount, seedRecords, startServer } from '@connection-records/server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Docs, startDocs } from '../index.ts';
import { violationsOf } from '../testing/axe.ts';
import { launch } from '../testing/browser.ts';
import { openTab } from '../testing/tab.ts';

export const project = '0123456789abcdef0123456789abcdef';
export const records = [...seedRecords({ rows: 300, projectId: project, seed: 1, now: Date.now() })];

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url));

/** The site with its sandbox, and a browser to look at it. */
export interface Stage {
  docs: Docs;
  server: Server;
  mock: Mock;
  /** Opens a page in a tab of its own, and notes what it asks other hosts for. Nothing may go wrong in it that nobody catches. */
  open(path: string, options?: BrowserContextOptions): Promise<Page & { asked: string[] }>;
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
    async open(path, options) {
      const { page, asked } = await openTab(browser, docs.url, {
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      page.on('pageerror', (error) => {
        throw error;
      });
      await page.goto(path);
      return Object.assign(page, { asked });
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

/** What axe finds wrong in a page, by day and by night. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violationsOf(page)));
  }
  return found;
}

/** Opens the console when it is ready for use. */
export async function openConsole(stage: Stage, options?: BrowserContextOptions, path = '/console/') {
  const page = await stage.open(path, options);
  await page.locator('.console .primary:enabled').waitFor();
  return page;
}

/** Presses the button. */
export const run = (page: Page) => page.locator('.console .primary').click();

/** What says that something went wrong. */
export const failure = (page: Page) => page.locator('.console .failure');

/** The cells of a column of the table. */
export const cells = (page: Page, column: string) =>
  page.locator('.rows').evaluate((rows, name) => {
    const names = [...rows.querySelectorAll('th code')].map(({ textContent }) => textContent);
    const at = names.indexOf(name);
    return [...rows.querySelectorAll('tbody tr')].map((row) => row.children[at]?.textContent ?? '');
  }, column);

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSite, type Site } from './built.ts';
import { launch } from './testing/browser.ts';
import { brokenLinks } from './testing/links.ts';
import { openTab } from './testing/tab.ts';

// The site as it is built for a place below the root of its host.
const caches = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
let host: string;
let site: Site;
let server: Server;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  // Inside of the package, where what the build writes for itself finds the packages it needs.
  await mkdir(caches, { recursive: true });
  host = await mkdtemp(`${caches}below-`);
  const shell = process.platform === 'win32';
  // What Vitest says of itself, Astro would take for its own: the base of the site, for one.
  const { BASE_URL, DEV, PROD, SSR, MODE, NODE_ENV, VITEST, ...env } = process.env;
  await promisify(execFile)('node_modules/.bin/astro', ['build', '--outDir', join(host, 'docs')], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...env, DOCS_BASE: '/docs', ASTRO_TELEMETRY_DISABLED: '1' },
    shell,
  });
  site = readSite(host);
  server = createServer(sirv(host, { dev: true }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
  await rm(host, { recursive: true });
});

it('leads every link and anchor somewhere below', () => {
  expect(site.pages.size).toBeGreaterThan(30);
  expect(brokenLinks(site)).toEqual([]);
});

it.each(['/docs/', '/docs/zh-cn/quick-start/', '/docs/console/', '/docs/404.html'])(
  'shows %s whole',
  async (address) => {
    await using tab = await openTab(browser, origin);
    const missing: string[] = [];
    tab.page.on('response', (response) => {
      if (!response.ok()) missing.push(`${response.status()} ${response.url()}`);
    });
    await tab.page.goto(address, { waitUntil: 'networkidle' });
    expect([...missing, ...tab.asked, ...tab.complaints]).toEqual([]);
  },
);

it('searches there', async () => {
  await using tab = await openTab(browser, origin);
  const { page } = tab;
  await page.goto('/docs/quick-start/');
  await page.locator('#starlight__search input').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export');
  const result = page.locator('#starlight__search .pagefind-ui__result-link').first();
  await result.click();
  await page.waitForURL('**/docs/**');
  expect(await page.locator('h1').count()).toBe(1);
});

it('changes the language there', async () => {
  await using tab = await openTab(browser, origin);
  await tab.page.goto('/docs/quick-start/');
  await tab.page.locator('starlight-lang-select select').first().selectOption('简体中文');
  await tab.page.waitForURL('**/docs/zh-cn/quick-start/');
  expect(await tab.page.locator('html').getAttribute('lang')).toBe('zh-CN');
});

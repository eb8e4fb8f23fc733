import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Docs, startDocs } from './index.ts';
import { violationsOf } from './testing/axe.ts';
import { launch } from './testing/browser.ts';
import { tabTo } from './testing/focus.ts';
import { openTab } from './testing/tab.ts';

let docs: Docs;
let browser: Browser;
beforeAll(async () => {
  [docs, browser] = await Promise.all([startDocs(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await docs.close();
});

const phone = { viewport: { width: 390, height: 844 } };

it('leads past the navigation with its first key', async () => {
  await using tab = await openTab(browser, docs.url);
  const { page } = tab;
  await page.goto('/quick-start/');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to content');
  expect((await page.locator(':focus').boundingBox())!.y).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.locator('main :focus').count()).toBe(1);
});

it.each([
  ['/quick-start/', 'export', /^\/reference\//],
  ['/zh-cn/errors/', '连接记录', /^\/zh-cn\//],
])('searches from %s for %s without a mouse', async (from, words, found) => {
  await using tab = await openTab(browser, docs.url);
  const { page, complaints, asked } = tab;
  await page.goto(from);
  await page.locator('#starlight__search input').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  const results = page.locator('#starlight__search .pagefind-ui__result-link');
  await results.first().waitFor();
  const addresses = await results.evaluateAll((links) =>
    links.map((link) => (link as HTMLAnchorElement).pathname),
  );
  expect(addresses).toContainEqual(expect.stringMatching(found));
  // Pagefind names its field by a title, which every browser takes for a name.
  expect(await violationsOf(page)).toEqual([expect.stringMatching(/^label-title-only on input: /)]);
  await tabTo(page, '#starlight__search .pagefind-ui__result-link');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === addresses[0]);
  expect([...complaints, ...asked]).toEqual([]);
});

it.each([
  ['/quick-start/', 'APIGW.0307', '/errors/#APIGW.0307'],
  ['/zh-cn/quick-start/', 'WKS.00211902', '/zh-cn/errors/#WKS.00211902'],
  ['/quick-start/', 'min_e2e_rtt', '/reference/exportConnectionRecords/#query-min_e2e_rtt'],
  ['/zh-cn/quick-start/', 'is_download', '/zh-cn/reference/listExportTasks/#query-is_download'],
])('finds from %s, searched for %s, the place that tells about it', async (from, name, place) => {
  await using tab = await openTab(browser, docs.url);
  const { page } = tab;
  await page.goto(from);
  await page.locator('#starlight__search input').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.locator('#starlight__search .pagefind-ui__result-link').nth(1).waitFor();
  const found = () =>
    page
      .locator('#starlight__search .pagefind-ui__result-link')
      .evaluateAll((links) => links.slice(0, 6).map((link) => link.getAttribute('href')));
  await expect.poll(found).toContain(place);
});

it('changes the language and stays on its page', async () => {
  await using tab = await openTab(browser, docs.url);
  const { page } = tab;
  await page.goto('/quick-start/');
  await tabTo(page, 'starlight-lang-select select');
  await page.keyboard.press('ArrowDown');
  await page.waitForURL('**/zh-cn/quick-start/');
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
});

it('changes the theme and remembers it', async () => {
  await using tab = await openTab(browser, docs.url, { colorScheme: 'light' });
  const { page } = tab;
  await page.goto('/quick-start/');
  const theme = async () => await page.locator('html').getAttribute('data-theme');
  expect(await theme()).toBe('light');
  await tabTo(page, 'starlight-theme-select select');
  await page.keyboard.type('Dark');
  expect(await theme()).toBe('dark');
  await page.goto('/errors/');
  expect(await theme()).toBe('dark');
});

it('opens the menu of a phone, leads through it, and closes it again', async () => {
  await using tab = await openTab(browser, docs.url, phone);
  const { page } = tab;
  await page.goto('/quick-start/');
  const menu = page.locator('#starlight__sidebar');
  expect(await menu.isVisible()).toBe(false);
  await tabTo(page, 'button[popovertarget=starlight__sidebar], .sl-menu-button');
  await page.keyboard.press('Enter');
  await menu.waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await tabTo(page, '#starlight__sidebar a[href$="/authentication/"]');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pages } from './built.ts';
import { type Docs, startDocs } from './index.ts';
import { launch } from './testing/browser.ts';
import { openTab, share } from './testing/tab.ts';

// The site in a browser that runs no script.
let docs: Docs;
let browser: Browser;
beforeAll(async () => {
  [docs, browser] = await Promise.all([startDocs(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await docs.close();
});
const openPlainTab = async () => await openTab(browser, docs.url, { javaScriptEnabled: false });

it('shows all of its content, or says what needs a script', { timeout: 120_000 }, async () => {
  const hidden: string[] = [];
  const tabs = await Promise.all([openPlainTab(), openPlainTab()]);
  await share(pages.keys(), tabs, async (address, { page }) => {
    await page.goto(address);
    for (const text of await hiddenIn(page)) hidden.push(`${address}: ${text}`);
    const islands = await page.locator('main astro-island').count();
    if (islands > 0 && (await page.locator('main noscript').allInnerTexts()).join('').trim() === '')
      hidden.push(`${address} has a part that needs a script, and no <noscript> that says so`);
  });
  for (const tab of tabs) await tab[Symbol.asyncDispose]();
  expect(hidden).toEqual([]);
});

it('would notice a hidden paragraph', async () => {
  await using tab = await openPlainTab();
  await tab.page.goto('/quick-start/');
  await tab.page.evaluate(() => document.querySelector('main p')?.setAttribute('hidden', ''));
  expect(await hiddenIn(tab.page)).not.toEqual([]);
});

it('leads to the other language', async () => {
  await using tab = await openPlainTab();
  await tab.page.goto('/quick-start/');
  await tab.page.getByRole('link', { name: '简体中文' }).click();
  await tab.page.waitForURL('**/zh-cn/quick-start/');
  await tab.page.getByRole('link', { name: 'English' }).click();
  await tab.page.waitForURL((url) => url.pathname === '/quick-start/');
});

it('opens the menu of a phone', async () => {
  await using tab = await openTab(browser, docs.url, {
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  await tab.page.goto('/quick-start/');
  await tab.page.locator('.sl-menu-button').click();
  await tab.page.locator('#starlight__sidebar a[href$="/errors/"]').click();
  await tab.page.waitForURL('**/errors/');
});

/** What text of the page's content is not shown, but for folds, which open without a script, and what an island shows with one. */
async function hiddenIn(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    const leaves = [...document.querySelectorAll('main *')].filter(
      (element) =>
        element.children.length === 0 &&
        element.textContent.trim() !== '' &&
        !element.closest('script, style, template, svg, button, select, mobile-starlight-toc, astro-island'),
    );
    return leaves.filter((leaf) => !leaf.checkVisibility()).map((leaf) => leaf.outerHTML.slice(0, 120));
  });
}

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Docs, startDocs } from './index.ts';
import { violationsOf } from './testing/axe.ts';
import { launch } from './testing/browser.ts';
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

it('prints dark on white, even from the dark theme, and without ways around the site', async () => {
  await using tab = await openTab(browser, docs.url, { colorScheme: 'dark' });
  const { page } = tab;
  await page.goto('/quick-start/');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toMatch(
    /^rgba?\(255, 255, 255|^rgba\(0, 0, 0, 0\)/,
  );
  expect(await violationsOf(page, ['color-contrast'])).toEqual([]);
  for (const name of ['#starlight__sidebar', 'site-search', '.right-sidebar', '.pagination-links']) {
    expect(await page.locator(name).first().isVisible(), name).toBe(false);
  }
});

it('prints what is folded or behind a tab, and where links to other sites lead', async () => {
  await using tab = await openTab(browser, docs.url);
  const { page } = tab;
  await page.goto('/quick-start/');
  await page.evaluate(() => {
    document
      .querySelector('main h1')!
      .insertAdjacentHTML(
        'afterend',
        '<details><summary>Why</summary><p id="fold">Because</p></details><div role="tabpanel" id="panel" hidden>Go</div>',
      );
  });
  expect(await page.locator('#panel').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('#panel').isVisible()).toBe(true);
  expect(await page.locator('#fold').evaluate((element) => element.checkVisibility())).toBe(true);
  const shown = await page
    .locator('main a[href^="https://nodejs.org"]')
    .first()
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(shown).toContain('https://nodejs.org/');
});

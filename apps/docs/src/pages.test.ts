import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pages } from './built.ts';
import { type Docs, startDocs } from './index.ts';
import { violationsOf } from './testing/axe.ts';
import { launch } from './testing/browser.ts';
import { unseenStops } from './testing/focus.ts';
import { openTab, share } from './testing/tab.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };
// The other rules of axe judge what a theme does not change.
const rulesOfColours = ['color-contrast', 'link-in-text-block'];

/** What each page of the site shows to someone who may not see it like that: all of it is wrong. */
const wrong = {
  violations: [] as string[],
  unseen: [] as string[],
  tooWide: [] as string[],
  asked: [] as string[],
  complaints: [] as string[],
};

let docs: Docs;
let browser: Browser;
beforeAll(async () => {
  [docs, browser] = await Promise.all([startDocs(), launch()]);
  // Opening a page takes longer than looking at it, so each is opened once, for everything.
  const tabs = await Promise.all([1, 2].map(() => openTab(browser, docs.url)));
  await share(pages.keys(), tabs, async (address, { page }) => await lookAt(address, page));
  for (const tab of tabs) {
    wrong.asked.push(...tab.asked);
    wrong.complaints.push(...tab.complaints);
    await tab[Symbol.asyncDispose]();
  }
}, 300_000);
afterAll(async () => {
  await browser.close();
  await docs.close();
});

async function lookAt(address: string, page: Page): Promise<void> {
  await page.setViewportSize(desk);
  await page.goto(address);
  await page.locator('#starlight__search input').waitFor({ state: 'attached' });
  for (const stop of await unseenStops(page)) wrong.unseen.push(`${address}: ${stop}`);
  await thinCode(page);
  for (const theme of ['light', 'dark'] as const) {
    for (const size of [desk, phone]) {
      await show(page, theme, size);
      const found = await violationsOf(page, theme === 'dark' ? rulesOfColours : undefined);
      wrong.violations.push(...found.map((each) => `${address} (${theme}, ${size.width} px): ${each}`));
    }
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > phone.width) wrong.tooWide.push(`${address}: ${width} px`);
}

/** Leaves one word of each colour in highlighted code, for axe looks at every word, and half of a page of the reference are such. */
async function thinCode(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Set<string | null>();
    for (const word of document.querySelectorAll('.ec-line span[style]')) {
      const colours = word.getAttribute('style');
      if (seen.has(colours)) word.replaceWith(word.textContent);
      seen.add(colours);
    }
  });
}

/** Shows the page so, with all that is folded or behind a tab opened. */
async function show(page: Page, theme: 'light' | 'dark', size: typeof phone): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((theme) => {
    document.documentElement.dataset.theme = theme;
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const panel of document.querySelectorAll('main [role=tabpanel]')) panel.removeAttribute('hidden');
  }, theme);
}

it('looked at every page', () => {
  expect(pages.size).toBeGreaterThan(30);
});

it('has no violation that axe finds, in light and dark, on a desk and on a phone', () => {
  expect(wrong.violations).toEqual([]);
});

it('shows which link, button or field has the focus', () => {
  expect(wrong.unseen).toEqual([]);
});

it('fits on a phone', () => {
  expect(wrong.tooWide).toEqual([]);
});

it('asks no other host for anything', () => {
  expect(wrong.asked).toEqual([]);
});

it('keeps its content security policy, and has nothing to say on the console', () => {
  expect(wrong.complaints).toEqual([]);
});

it('would notice pale text, an unseen focus, another host and a script of a stranger', async () => {
  await using tab = await openTab(browser, docs.url);
  const { page, asked, complaints } = tab;
  await page.route('**/quick-start/', async (route) => {
    const response = await route.fetch();
    const stranger = `<p style="color: #ddd; background: #fff">Pale</p><script>document.title = 'Run'</script><img alt="" src="http://stranger.invalid/">`;
    await route.fulfill({ response, body: (await response.text()).replace('</h1>', `</h1>${stranger}`) });
  });
  await page.goto('/quick-start/');
  await page.addStyleTag({ content: 'main a { outline: none !important }' });
  expect(await violationsOf(page, rulesOfColours)).toEqual([
    expect.stringMatching(/^color-contrast on .* > p: /),
  ]);
  expect(await unseenStops(page)).not.toEqual([]);
  expect(await page.title()).not.toBe('Run');
  expect(complaints).toEqual([
    expect.stringContaining('inline script violates'),
    expect.stringContaining('http://stranger.invalid/'),
  ]);
  await page.evaluate(() => {
    open('http://stranger.invalid/');
  });
  await expect.poll(() => asked).toContain('GET http://stranger.invalid/');
});

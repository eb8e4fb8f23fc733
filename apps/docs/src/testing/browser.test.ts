import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { findChromium, launch } from './browser.ts';

it('starts a browser that shows a page', async () => {
  await using browser = await launch();
  const page = await browser.newPage();
  await page.setContent('<h1>Connection records</h1>');
  expect(await page.getByRole('heading').textContent()).toBe('Connection records');
});

// The package holds a Chromium for this platform alone; elsewhere one has to be installed.
it.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'starts the browser of a package where none is installed, with several windows',
  async () => {
    const program = await findChromium('', []);
    expect(program.executablePath).toContain('node_modules');
    await using browser = await chromium.launch(program);
    const pages = await Promise.all([1, 2, 3].map(async () => await (await browser.newContext()).newPage()));
    for (const page of pages) {
      await page.setContent('<h1 style="display: inline">Connection records</h1>');
      const box = await page.getByRole('heading').boundingBox();
      expect(box!.width, 'There is a font.').toBeGreaterThan(100);
      await page.context().close();
    }
  },
);

it('says so when CHROMIUM_PATH leads nowhere', async () => {
  await expect(findChromium('/no/such/browser')).rejects.toThrow(
    'CHROMIUM_PATH is /no/such/browser, and there is no such file.',
  );
});

it('says what to install where no browser can be had', async () => {
  await expect(findChromium('', ['/no/such/chrome'], 'darwin arm64')).rejects.toThrow(
    'Install Chromium, Chrome or Edge, or let CHROMIUM_PATH name one. Looked at: /no/such/chrome.',
  );
});

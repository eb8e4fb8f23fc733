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
  'starts the browser of a package where none is installed',
  async () => {
    const program = await findChromium({}, {});
    expect(program.executablePath).not.toMatch(/^\/usr|^\/snap/);
    await using browser = await chromium.launch(program);
    expect(browser.version()).toMatch(/^\d+\./);
    const page = await browser.newPage();
    await page.setContent('<h1>连接记录</h1>');
    expect(await page.getByRole('heading').boundingBox()).toMatchObject({ x: expect.any(Number) });
  },
);

it('says so when CHROMIUM_PATH leads nowhere', async () => {
  await expect(findChromium({ CHROMIUM_PATH: '/no/such/browser' })).rejects.toThrow(
    'CHROMIUM_PATH is /no/such/browser, and there is no such file.',
  );
});

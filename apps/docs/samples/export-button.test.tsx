import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Shown, showComponent } from '../src/testing/component.ts';

let shown: Shown;
beforeEach(async () => {
  shown = await showComponent('export-button.tsx');
}, 30_000);
afterEach(() => shown.close());

it('exports at the press of a button, says how it stands, and saves the file', {
  timeout: 30_000,
}, async () => {
  const { page } = shown;
  expect(await page.locator('output').textContent()).toBe('Nothing yet');
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);

  await page.getByRole('button', { name: 'Export' }).click();
  await page.locator('output', { hasText: 'SUCCESS' }).waitFor();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^connection-records-\d+\.xlsx$/);
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
});

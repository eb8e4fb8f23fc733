import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Shown, showComponent } from '../src/testing/component.ts';

let shown: Shown;
beforeEach(async () => {
  shown = await showComponent('recent-connections.tsx');
}, 30_000);
afterEach(() => shown.close());

it('shows a page of records, and another one at the press of a button', {
  timeout: 30_000,
}, async () => {
  const { page } = shown;
  await page.getByRole('button', { name: 'More: 5 of 2000' }).click();
  await page.getByRole('button', { name: 'More: 10 of 2000' }).waitFor();
  expect(await page.getByRole('listitem').count()).toBe(10);
});

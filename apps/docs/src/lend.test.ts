import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { expect, it } from 'vitest';
import { lend } from './lend.ts';

it('lends the document at an address that no folder is part of', async () => {
  const address = await lend(contract);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/openapi\.json$/);
  expect(await (await fetch(address)).json()).toEqual(contract);
});

it('lends it once', async () => {
  const address = await lend({});
  expect((await fetch(address)).status).toBe(200);
  await expect(fetch(address)).rejects.toThrow();
});

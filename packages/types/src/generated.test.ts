import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedFile, generateTypes } from '../scripts/generate-types.ts';

test('the generated types are those of the contract as it stands', async () => {
  const committed = await readFile(generatedFile, 'utf8');
  expect(
    committed === (await generateTypes()),
    'The types are stale. Run `npx -y pnpm@12 generate` and commit what changes.',
  ).toBe(true);
});

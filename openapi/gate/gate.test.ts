import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Gate, refusalOf } from './gate.ts';
import { type Edits, edited, library } from './testing.ts';

const house: Gate = {
  released: new URL('../released.json', import.meta.url),
  today: new URL('../dist/openapi.json', import.meta.url),
  changesets: new URL('../../.changeset/', import.meta.url),
};

test('who relies on the last release is not broken, unless a changeset says major', async () => {
  const refusal = await refusalOf(house);
  if (refusal) expect.fail(refusal);
});

describe('a contract that breaks callers', () => {
  let folder: string;
  let gate: Gate;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connection-records-gate-'));
    const changesets = pathToFileURL(`${folder}/`);
    const [released, today] = ['released.json', 'today.json'].map((name) => new URL(name, changesets));
    gate = { released: released!, today: today!, changesets };
    await writeFile(gate.released, JSON.stringify(library));
    await rewrite({
      'paths /shelves/{shelf_id}/books post': undefined,
      'components parameters Limit schema maximum': 50,
      'components responses NotFound content': {},
    });
    await writeFile(join(folder, 'README.md'), '# Changesets\n\n---\n\nA file a change.\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const rewrite = (edits: Edits) => writeFile(gate.today, JSON.stringify(edited(library, edits)));
  const say = (bump: string, name = '@connection-records/openapi') =>
    writeFile(join(folder, `${bump}.md`), `---\n"${name}": ${bump}\n"other": patch\n---\n\nDo this now.\n`);

  test('is refused, with a line for each change', async () => {
    expect(await refusalOf(gate)).toBe(`3 changes would break those who rely on the released contract:

- listBooks: components/parameters/Limit.yaml, schema: maximum was absent, is 50. A request that was right is refused now.
- listBooks: components/responses/NotFound.yaml: media type application/json was there, is gone. A caller that reads it gets something else.
- addBook: operation was POST /shelves/{shelf_id}/books, is gone. A caller has nothing to call.

Undo what is not meant. For what is, tell callers what to do in a changeset with "@connection-records/openapi": major
(npx -y pnpm@12 exec changeset). Of those in .changeset, none speaks of it.`);
  });

  test('passes with a changeset that says major', async () => {
    await say('minor');
    await say('major');
    expect(await refusalOf(gate)).toBeUndefined();
  });

  test.each(['minor', 'patch'])('is refused with one that says %s', async (bump) => {
    await say(bump);
    expect(await refusalOf(gate)).toContain(`${bump}.md says ${bump}.`);
  });

  test('is refused with one that says major of another package', async () => {
    await say('major', '@connection-records/client');
    expect(await refusalOf(gate)).toContain('none speaks of it.');
  });

  test('passes once what breaks is undone', async () => {
    await rewrite({ 'components parameters Limit description': 'At most so many.' });
    expect(await refusalOf(gate)).toBeUndefined();
  });
});

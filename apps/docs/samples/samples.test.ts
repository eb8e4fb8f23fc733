// Every file of this folder that is a sample is run, whatever its name: README.md of the package says how to add one.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { it as base, describe, expect } from 'vitest';
import { type Stage, setStage } from '../src/testing/stage.ts';

const it = base.extend<{ stage: Stage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it that nothing else is needed
  stage: async ({}, use) => {
    const stage = await setStage();
    await use(stage);
    await stage.close();
  },
});

const folder = fileURLToPath(new URL('.', import.meta.url));
const pages = fileURLToPath(new URL('../src/content/docs/', import.meta.url));
const names = globSync('*', { cwd: folder });
const samples = names.filter(
  (name) => /\.(ts|sh)$/.test(name) && !name.endsWith('.test.ts'),
);
const printed = (sample: string) => sample.replace(/\.\w+$/, '.txt');

/** Whether a text is what a page shows of it: there, `…` and `‹example›` stand for anything in a line, and a line of `…` for any lines. */
function isShownAs(actual: string, expected: string): boolean {
  const pattern = expected
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.trim() === '…'
        ? '[^]*?'
        : line
            .split(/…|‹[^›]*›/)
            .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
            .join('[^\\n]*?'),
    );
  return new RegExp(`^${pattern.join('\n')}$`).test(actual.trimEnd());
}

it.each([
  ['one\ntwo', 'one\ntwo', true],
  ['one\ntwo', 'one', false],
  ['id 17, ok', 'id …, ok', true],
  ['id 17, no', 'id …, ok', false],
  ['id 17, ok', 'id ‹42›, ok', true],
  ['id 17, no', 'id ‹42›, ok', false],
  ['id 1\n7, ok', 'id …, ok', false],
  ['first\nsecond\nthird', 'first\n…\nthird', true],
  ['first\nsecond\nthird', 'first\n…\nfourth', false],
  ['a.b', 'a+b', false],
])('%j shown as %j: %s', (actual, expected, shown) => {
  expect(isShownAs(actual, expected)).toBe(shown);
});

const sourcesOf = (language: string) =>
  globSync(`${language}*.{md,mdx}`, { cwd: pages }).map(
    (path) => [path, readFileSync(pages + path, 'utf8')] as const,
  );
const sources = [...sourcesOf(''), ...sourcesOf('zh-cn/')];

it('is shown on a page', () => {
  const shown = sources.flatMap(([, text]) =>
    [...text.matchAll(/<Sample file="([^"]+)"/g)].map(([, file]) => file),
  );
  const used = names.filter((name) => !/\.(test\.tsx?|txt)$/.test(name));
  expect(used.filter((name) => !shown.includes(name))).toEqual([]);
  expect(
    names.filter(
      (name) =>
        name.endsWith('.txt') && !samples.some((sample) => printed(sample) === name),
    ),
  ).toEqual([]);
});

it('is the only code of its kind on a page', () => {
  const fence =
    /^\s*(?:```|~~~)(ts|tsx|js|jsx|mjs|javascript|typescript|sh|bash|shell|zsh|console)\b/gm;
  const stray = sources.flatMap(([path, text]) =>
    [...text.matchAll(fence)].map(([, language]) => `${path}: ${language}`),
  );
  expect(stray, 'Make it a file of samples/ and show it with <Sample file="…" />.').toEqual(
    [],
  );
});

it.each(names.filter((name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx')))(
  '%s has a test of its own, for a component has to be rendered',
  (name) => expect(names).toContain(name.replace('.tsx', '.test.tsx')),
);

describe('a sample', { timeout: 60_000 }, () => {
  // Most of the time they wait, so they may wait beside each other.
  it.concurrent.for(samples)(
    '%s prints what its .txt says',
    async (sample, { stage, expect }) => {
      const path = folder + printed(sample);
      const expected = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const actual = await stage.run(sample);
      // Equal, or else the difference is shown.
      if (!isShownAs(actual, expected)) expect(actual, printed(sample)).toBe(expected);
    },
  );

  describe('a sample that fails', () => {
    it.for([
      ['sh', 'false\necho done', 'ended with 1'],
      ['sh', 'curl --silent --fail http://127.0.0.1:4020/nowhere | cat', 'ended with 22'],
      ['sh', 'npx --yes cowsay moo', 'A sample may run npx'],
      ['ts', "throw new Error('no')", 'Error: no'],
    ] as const)('is noticed: %s %s', async ([extension, text, message], { stage }) => {
      await expect(stage.runText(text, extension)).rejects.toThrow(message);
    });
  });

  describe('quick-start.ts', () => {
    const { examples } = contract.components;

    it('writes the file that the mock has', async ({ stage }) => {
      await stage.run('quick-start.ts');
      const [written] = (await readdir(stage.folder)).filter((name) =>
        name.endsWith('.csv'),
      );
      expect(await readFile(`${stage.folder}/${written}`, 'utf8')).toBe(
        examples.fileInEnglish.value,
      );
    });

    it('is the first sample of the README, whose curl commands are answered', async ({
      stage,
    }) => {
      const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
      const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
        ([, language, code = '']) => ({
          language,
          code,
        }),
      );
      expect(blocks.find(({ language }) => language === 'ts')?.code).toBe(
        readFileSync(`${folder}quick-start.ts`, 'utf8'),
      );
      const curl = blocks.find(({ code }) => code.startsWith('curl '));
      const answers = await stage.runText(
        curl?.code.replaceAll('curl ', "curl --silent --write-out '\\n' ") ?? 'false',
        'sh',
      );
      expect(
        answers
          .trim()
          .split('\n')
          .map((answer) => JSON.parse(answer)),
      ).toEqual([examples.exportStarted.value, examples.exportFailed.value]);
    });
  });

  describe('resume.ts', () => {
    it('goes on with the task that it had started when it ended', async ({ stage }) => {
      const text = readFileSync(`${folder}resume.ts`, 'utf8');
      expect(
        await stage.runText(
          text.replace('await saveTo', 'process.exit();\nawait saveTo'),
          'ts',
        ),
      ).toBe('');
      const kept = JSON.parse(readFileSync(`${stage.folder}/export.state`, 'utf8'));
      expect(await stage.run('resume.ts')).toContain(kept.taskId);
    });
  });
});

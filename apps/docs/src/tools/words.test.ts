import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { optionsOf } from './commands.ts';
import { tableOf } from './readme.ts';
import { chinese, inLanguage } from './words.ts';

test('a text is itself in English, and its translation in Chinese', () => {
  expect(inLanguage('en', 'done')).toBe('done');
  expect(inLanguage('zh-CN', 'done')).toBe('完成');
});

test('code and numbers need no translation, and a text without one ends the build', () => {
  expect(inLanguage('zh-CN', '`--port PORT`')).toBe('`--port PORT`');
  expect(inLanguage('zh-CN', '4020')).toBe('4020');
  expect(() => inLanguage('zh-CN', 'The port.')).toThrow('There is no Chinese for "The port.".');
});

test('code in a text is the same code in its translation', () => {
  const codeIn = (text: string) => (text.match(/`[^`]*`/g) ?? []).sort();
  for (const [english, translated] of Object.entries(chinese))
    expect(codeIn(translated), english).toEqual(codeIn(english));
});

const docs = fileURLToPath(new URL('../', import.meta.url));
const sources = (pattern: string) =>
  globSync(pattern, { cwd: docs }).map((path) => readFileSync(docs + path, 'utf8'));

test('no translation is left over', () => {
  const pages = sources('content/docs/*.mdx').join('\n');
  const tables = [...pages.matchAll(/<ReadmeTable of="(.*)" below="(.*)" first="(.*)" \/>/g)].flatMap(
    ([, of = '', below = '', first = '']) => {
      const { head, rows } = tableOf(of, below, first);
      return [head, ...rows].flat();
    },
  );
  const options = [...pages.matchAll(/<CommandOptions of="(.*)" \/>/g)].flatMap(([, of = '']) =>
    [...optionsOf(of)].flatMap(([group, options]) => [
      group.replace(/:$/, ''),
      ...options.map(({ description }) => description),
    ]),
  );
  const said = sources('tools/*.astro').flatMap((text) =>
    [...text.matchAll(/say\('([^']+)'\)/g)].map(([, words]) => words),
  );
  const used = new Set([...tables, ...options, ...said]);
  expect(Object.keys(chinese).filter((english) => !used.has(english))).toEqual([]);
});

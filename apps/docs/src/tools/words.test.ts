import { expect, test } from 'vitest';
import { chinese, inLanguage } from './words.ts';

test('a text is itself in English, and its translation in Chinese', () => {
  expect(inLanguage('en', 'The file is ready')).toBe('The file is ready');
  expect(inLanguage('zh-CN', 'The file is ready')).toBe('文件已就绪');
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

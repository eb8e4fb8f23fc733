// The Chinese of texts that pages take from the packages, by their English. An English text that changes has no Chinese
// any more, and the build says so.
import { commandLine } from './words/command-line.ts';
import { contractSuite } from './words/contract-suite.ts';
import { server } from './words/server.ts';

export const chinese: Readonly<Record<string, string>> = {
  ...commandLine,
  ...contractSuite,
  ...server,
};

/** Whether a text says anything beside code, numbers and signs. */
const hasWords = (text: string) => /[a-z]{2}/i.test(text.replace(/`[^`]*`/g, ''));

/**
 * A text in the language of a page, `en` or `zh-CN`.
 *
 * @throws if there is no Chinese for it.
 */
export function inLanguage(lang: string | undefined, text: string): string {
  if (lang !== 'zh-CN' || !hasWords(text)) return text;
  const translated = chinese[text];
  if (!translated)
    throw new Error(`There is no Chinese for "${text}". Add it to apps/docs/src/tools/words/.`);
  return translated;
}

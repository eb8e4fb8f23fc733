import { createSatteriMarkdownProcessor } from '@astrojs/markdown-satteri';
import { type Translate, translator } from './chinese.ts';
import yaml from './contract.zh-CN.yaml?raw';
import { operations } from './model.ts';
import { type Locale, type Words, words } from './words.ts';

/** What a page needs to speak a language. */
export interface Language {
  locale: Locale;
  /** Its tag in HTML. */
  lang: string;
  w: Words;
  /** Translates a text of the contract. */
  t: Translate;
  /** A text of the contract as HTML, translated. The names of operations in it lead to their pages. */
  html(english: string): Promise<string>;
  /** The same of a text that is in the language of the page already. */
  markdown(text: string): Promise<string>;
}

const markdown = await createSatteriMarkdownProcessor({ syntaxHighlight: false, smartypants: false });

/** Markdown as HTML. The names of operations lead to their pages, which are in the folder `reference`, seen from this page. */
async function toHtml(text: string, reference: string): Promise<string> {
  const { code } = await markdown.render(text);
  return code
    .replaceAll(/<code>(\w+)<\/code>/g, (found, name) =>
      operations.some(({ id }) => id === name) ? `<a href="${reference}${name}/">${found}</a>` : found,
    )
    .trim();
}

const translators: Record<Locale, Translate> = { en: (english) => english, 'zh-cn': translator(yaml) };

/**
 * The language of a page.
 *
 * @param locale What stands in the address: nothing for English.
 * @param reference Where the folder `reference` is, seen from the page.
 */
export function languageOf(locale: string | undefined, reference: string): Language {
  const found: Locale = locale === 'zh-cn' ? locale : 'en';
  const t = translators[found];
  return {
    locale: found,
    lang: found === 'en' ? 'en' : 'zh-CN',
    w: words[found],
    t,
    html: (english) => toHtml(t(english), reference),
    markdown: (text) => toHtml(text, reference),
  };
}

/** The addresses of a page in both languages, for `getStaticPaths`. */
export const locales = [undefined, 'zh-cn'];

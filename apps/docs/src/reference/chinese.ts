import { parse } from 'yaml';

/** A text for people, in the language of a page. */
export type Translate = (english: string) => string;

/** A text as it is looked up: where its lines break says nothing. */
export const plain = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** The pairs of the file of translations, by the English text. */
export function readPairs(yaml: string): Map<string, string> {
  return new Map((parse(yaml) as { en: string; zh: string }[]).map(({ en, zh }) => [plain(en), zh.trim()]));
}

/**
 * Translates texts of the contract.
 *
 * @throws if there is no translation. The message says where to write it.
 */
export function translator(yaml: string): Translate {
  const pairs = readPairs(yaml);
  return (english) => {
    if (!english) return '';
    const found = pairs.get(plain(english));
    if (found === undefined)
      throw new Error(`src/reference/contract.zh-CN.yaml has no translation of: ${plain(english)}`);
    return found;
  };
}

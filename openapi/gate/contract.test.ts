// The rules on the contract itself: whatever is taken from it, or limited otherwise, has to be found.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findBreaks } from './breaks.ts';
import type { Json } from './place.ts';
import { type Edits, edited } from './testing.ts';

const contract = JSON.parse(readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8')) as Json;
const breaks = (edits: Edits) => findBreaks(contract, edited(contract, edits)).length;

/** A place of the contract: its keys, with a blank between, and what is there. */
interface Found {
  where: string;
  value: unknown;
}

/** The places whose key, and the key that they are in, are wanted. Examples are not looked into. */
function find(wanted: (key: string, within: string | undefined) => boolean): Found[] {
  const found: Found[] = [];
  const walk = (node: unknown, keys: string[]) => {
    if (node === null || typeof node !== 'object') return;
    for (const [key, value] of Object.entries(node)) {
      const within = keys.at(-1);
      if (within !== 'properties' && /^examples?$/.test(key)) continue;
      if (wanted(key, within)) found.push({ where: [...keys, key].join(' '), value });
      walk(value, [...keys, key]);
    }
  };
  walk(contract, []);
  return found;
}

/** Those of the edits that the gate does not find. */
const missed = (edits: Edits[]) => edits.filter((edit) => breaks(edit) === 0);

test('the contract breaks nobody who relies on it as it is', () => {
  expect(findBreaks(contract, structuredClone(contract))).toEqual([]);
});

test('other words, examples and sources break nobody', () => {
  const words = find(
    (key, within) =>
      within !== 'properties' && !within?.startsWith('x-') && /^(description|summary|title|x-.*)$/.test(key),
  );
  expect(words.length).toBeGreaterThan(200);
  expect(breaks(Object.fromEntries(words.map(({ where }) => [where, 'other'])))).toBe(0);
});

test('no operation, answer, header, media type, property or schema can be taken away unseen', () => {
  const parts = find(
    (key, within) =>
      /^(get|post)$/.test(key) ||
      /^(responses|headers|content|properties|schemas|securitySchemes)$/.test(within ?? ''),
  ).filter(({ where }) => !/^components (responses|headers|securitySchemes) \S+$/.test(where));
  expect(parts.length).toBeGreaterThan(100);
  expect(missed(parts.map(({ where }) => ({ [where]: undefined })))).toEqual([]);
});

test('no parameter can be taken away unseen', () => {
  const lists = find((key, within) => key === 'parameters' && within !== 'components');
  const without = lists.flatMap(({ where, value }) =>
    (value as unknown[]).map((parameter) => ({
      [where]: (value as unknown[]).filter((one) => one !== parameter),
    })),
  );
  expect(without.length).toBeGreaterThan(30);
  expect(missed(without)).toEqual([]);
});

test('no limit can be set otherwise unseen', () => {
  const numbers = find((key, within) => within !== 'properties' && /^(min|max)/.test(key));
  const conditions = find(
    (key, within) => within !== 'properties' && /^(type|enum|pattern|format)$/.test(key),
  );
  expect(numbers.length + conditions.length).toBeGreaterThan(100);
  // One of the two directions breaks who asks, the other one who is answered.
  const unseen = numbers.filter(({ where, value }) =>
    [-1, 1].every((step) => breaks({ [where]: (value as number) + step }) === 0),
  );
  expect(unseen).toEqual([]);
  expect(missed(conditions.map(({ where }) => ({ [where]: ['other'] })))).toEqual([]);
});

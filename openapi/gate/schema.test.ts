import { describe, expect, test } from 'vitest';
import { keywords } from './schema.ts';
import { linesOf } from './testing.ts';

const asked = 'components schemas NewBook properties note';
const answered = 'components schemas Book properties pages';

/** Each keyword with a value that allows more, and one that allows less. */
const pairs: [keyword: string, wide: unknown, narrow: unknown][] = [
  ['type', ['string', 'null'], 'string'],
  ['type', 'number', 'integer'],
  ['type', undefined, 'string'],
  ['enum', ['a', 'b'], ['b']],
  ['enum', undefined, ['a']],
  ['const', undefined, 'a'],
  ['maximum', 100, 50],
  ['maximum', undefined, 50],
  ['exclusiveMaximum', 100, 50],
  ['maxLength', 255, 64],
  ['maxItems', 200, 100],
  ['maxProperties', 2, 1],
  ['minimum', 0, 1],
  ['minimum', undefined, 0],
  ['exclusiveMinimum', 0, 1],
  ['minLength', undefined, 1],
  ['minItems', 1, 2],
  ['minProperties', 0, 1],
  ['multipleOf', 5, 10],
  ['multipleOf', undefined, 5],
  ['pattern', undefined, '^a'],
  ['format', undefined, 'date-time'],
  ['contentMediaType', undefined, 'text/csv'],
  ['contentEncoding', undefined, 'base64'],
  ['uniqueItems', false, true],
  ['uniqueItems', undefined, true],
  ['required', undefined, ['a']],
  ['required', ['a'], ['b', 'a']],
  ['additionalProperties', true, false],
  ['additionalProperties', undefined, { type: 'string' }],
  ['additionalProperties', { type: ['string', 'null'] }, { type: 'string' }],
  ['items', undefined, { type: 'string' }],
  ['items', { maxLength: 9 }, { maxLength: 8 }],
  ['prefixItems', [{ maxLength: 9 }], [{ maxLength: 8 }]],
  ['allOf', [{}, { maxLength: 9 }], [{}, { maxLength: 8 }]],
  ['anyOf', [{}, { maxLength: 9 }], [{}, { maxLength: 8 }]],
  ['oneOf', [{}, { maxLength: 9 }], [{}, { maxLength: 8 }]],
];

describe.each(pairs)('%s, from %j to %j', (keyword, wide, narrow) => {
  const lines = (where: string, was: unknown, is: unknown) =>
    linesOf({ [`${where} ${keyword}`]: is }, { [`${where} ${keyword}`]: was });

  test('breaks who asks, and not the other way round', () => {
    expect(lines(asked, wide, narrow)).toEqual([expect.stringMatching(/NewBook.*note.*refused now\.$/)]);
    expect(lines(asked, narrow, wide)).toEqual([]);
  });

  test('breaks, the other way round, who is answered, and not this way', () => {
    expect(lines(answered, narrow, wide)).toEqual([expect.stringMatching(/Book.*pages.*relies on\.$/)]);
    expect(lines(answered, wide, narrow)).toEqual([]);
  });
});

test('every keyword has such a pair', () => {
  const tried = pairs.map(([keyword]) => keyword);
  expect(Object.keys(keywords).filter((keyword) => !tried.includes(keyword))).toEqual([]);
});

test.each([
  ['type', 'string', 'integer'],
  ['enum', ['a', 'b'], ['b', 'c']],
  ['multipleOf', 2, 3],
  ['pattern', '^a', '^ab'],
  ['format', 'date', 'date-time'],
  ['const', 'a', 'b'],
  ['oneOf', [{ const: 1 }], [{ const: 1 }, { const: 2 }]],
  ['allOf', undefined, [{ maxLength: 2 }]],
  ['not', undefined, { const: 'a' }],
])('%s, from %j to %j, breaks who asks and who is answered', (keyword, was, is) => {
  for (const where of [asked, answered])
    expect(linesOf({ [`${where} ${keyword}`]: is }, { [`${where} ${keyword}`]: was })).toHaveLength(1);
});

test.each([
  ['enum', ['a', 'b'], ['b', 'a']],
  ['type', ['string', 'null'], ['null', 'string']],
  ['required', ['a', 'b'], ['b', 'a']],
  ['description', 'a', 'b'],
  ['examples', ['a'], ['b']],
  ['deprecated', false, true],
  ['x-basis', 'inferred', undefined],
  ['minLength', undefined, 0],
  ['additionalProperties', undefined, true],
  ['anyOf', [{ description: 'a' }], [{ description: 'b' }]],
])('%s, from %j to %j, breaks nobody', (keyword, was, is) => {
  for (const where of [asked, answered])
    expect(linesOf({ [`${where} ${keyword}`]: is }, { [`${where} ${keyword}`]: was })).toEqual([]);
});

test('another default breaks who leaves the value out, a first one nobody', () => {
  expect(linesOf({ [`${asked} default`]: 'none' })).toEqual([
    'addBook: components/schemas/NewBook.yaml, note: default was "", is none. A caller that leaves it out gets something else.',
  ]);
  expect(linesOf({ [`${asked} default`]: undefined })).toHaveLength(1);
  expect(linesOf({ [`${answered} default`]: 1 })).toEqual([]);
  expect(linesOf({ 'components schemas NewBook properties title default': 'Untitled' })).toEqual([]);
});

test('a property that is gone breaks who asks and who is answered, a new one nobody', () => {
  expect(linesOf({ [asked]: undefined })).toEqual([
    'addBook: components/schemas/NewBook.yaml: property note was there, is gone. A caller that sends it is refused, or not heard.',
  ]);
  expect(linesOf({ [answered]: undefined })).toEqual([
    'listBooks: components/schemas/Book.yaml: property pages was there, is gone. A caller that reads it finds nothing.',
  ]);
  const added = { type: 'string' };
  expect(linesOf({ 'components schemas Book properties isbn': added })).toEqual([]);
  expect(linesOf({ 'components schemas NewBook properties isbn': added })).toEqual([]);
});

test('a new property breaks who was told that there would be no other, and not who asks', () => {
  const closed = (schema: string) => ({ [`components schemas ${schema} additionalProperties`]: false });
  const added = (schema: string) => ({
    [`components schemas ${schema} properties isbn`]: { type: 'string' },
  });
  expect(linesOf(added('Book'), closed('Book'))).toEqual([
    'listBooks: components/schemas/Book.yaml: property isbn was ruled out, is there. An answer may differ from what a caller relies on.',
  ]);
  expect(linesOf(added('NewBook'), closed('NewBook'))).toEqual([]);
});

test('it does not matter whether a schema is shared or written in its place', () => {
  const inPlace = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
  const shared = { $ref: '#/components/schemas/Title' };
  const before = { 'components schemas Title': { type: 'string' } };
  const where = 'components schemas Book properties title';
  expect(linesOf({ [where]: shared }, before)).toEqual([]);
  expect(linesOf({ [where]: { ...shared, maxLength: 9 } }, { ...before, [`${where} maxLength`]: 9 })).toEqual(
    [],
  );
  expect(linesOf({ [where]: inPlace })).toHaveLength(1);
});

test('a change is found in what a keyword without a rule refers to, also when that refers to itself', () => {
  const before = {
    'components schemas Note': { maxLength: 9, not: { $ref: '#/components/schemas/Note' } },
    [`${asked} not`]: { $ref: '#/components/schemas/Note' },
  };
  expect(linesOf({ 'components schemas Note maxLength': 8 }, before)).toEqual([
    expect.stringMatching(/^addBook: components\/schemas\/NewBook.yaml, note: not was .* so it counts\.$/),
  ]);
  expect(linesOf({ 'components parameters Limit description': 'How many.' }, before)).toEqual([]);
});

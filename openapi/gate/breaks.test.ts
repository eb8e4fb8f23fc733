import { describe, expect, test } from 'vitest';
import type { Json } from './place.ts';
import { type Edits, library, linesOf } from './testing.ts';

const books = 'paths /shelves/{shelf_id}/books';
const list = `${books} get`;
const add = `${books} post`;
const { parameters, get } = (library.paths as Json)['/shelves/{shelf_id}/books'] as Json;
const limit = 'components parameters Limit';
const answer = `${list} responses 200`;
const schema = { type: 'string' };
const notFound = { $ref: '#/components/responses/NotFound' };

/** Each rule with a change that it finds, what it says of it, and one like it that breaks nobody. */
const rules: { rule: string; breaks: Edits; says: string; spares: Edits; before?: Edits }[] = [
  {
    rule: 'an operation is gone',
    breaks: { [add]: undefined },
    says: 'addBook: operation was POST /shelves/{shelf_id}/books, is gone. A caller has nothing to call.',
    spares: { [`${books} delete`]: { operationId: 'burnBooks', responses: {} } },
  },
  {
    rule: 'an operation has another path',
    breaks: { [list]: undefined, 'paths /racks/{shelf_id}/books': { parameters, get } },
    says: 'listBooks: address was GET /shelves/{shelf_id}/books, is GET /racks/{shelf_id}/books. A caller asks the old address.',
    spares: { 'paths /racks/{rack_id}/books get': { operationId: 'listRack', responses: {} } },
  },
  {
    rule: 'an operation has another method',
    breaks: { [list]: undefined, [`${books} put`]: get },
    says: 'listBooks: address was GET /shelves/{shelf_id}/books, is PUT /shelves/{shelf_id}/books. A caller asks the old address.',
    spares: { [`${books} put`]: { ...(get as Json), operationId: 'replaceBooks' } },
  },
  {
    rule: 'an operation has another name',
    breaks: { [`${list} operationId`]: 'getBooks' },
    says: 'listBooks: operationId was listBooks, is getBooks. Code made from the contract calls it by this name.',
    spares: { [`${list} summary`]: 'Get books', [`${list} tags`]: ['Books'] },
  },
  {
    rule: 'a schema has another name',
    breaks: { 'components schemas Shelf': undefined },
    says: 'every operation: schema Shelf was there, is gone. Code made from the contract calls a type by this name.',
    spares: { 'components schemas Rack': { type: 'object' } },
    before: { 'components schemas Shelf': { type: 'object' } },
  },
  {
    rule: 'a parameter is gone',
    breaks: { [`${list} parameters`]: [{ name: 'x-trace', in: 'header', schema }] },
    says: 'listBooks: query parameter limit was there, is gone. What a caller asks for with it is not heard.',
    spares: { [`${list} parameters`]: (get as { parameters: [] }).parameters.toReversed() },
  },
  {
    rule: 'a parameter is sent elsewhere',
    breaks: { [`${limit} in`]: 'header' },
    says: 'listBooks: query parameter limit was there, is gone. What a caller asks for with it is not heard.',
    spares: { [`${limit} description`]: 'In the query.' },
  },
  {
    rule: 'a parameter becomes required',
    breaks: { [`${limit} required`]: true },
    says: 'listBooks: components/parameters/Limit.yaml: required was false, is true. A request without it is refused.',
    spares: { [`${limit} required`]: false },
  },
  {
    rule: 'a new parameter is required',
    breaks: { [`${add} parameters`]: [{ name: 'zone', in: 'query', required: true, schema }] },
    says: 'addBook: query parameter zone: required was absent, is true. A request without it is refused.',
    spares: { [`${add} parameters`]: [{ name: 'zone', in: 'query', schema }] },
  },
  {
    rule: 'a parameter allows less',
    breaks: { [`${limit} schema maximum`]: 100 },
    says: 'listBooks: components/parameters/Limit.yaml, schema: maximum was absent, is 100. A request that was right is refused now.',
    spares: { [`${limit} schema type`]: ['integer', 'string'] },
  },
  {
    rule: 'a parameter is written otherwise',
    breaks: { [`${limit} explode`]: false },
    says: 'listBooks: components/parameters/Limit.yaml: explode was true, is false. A caller writes it in the old way.',
    spares: { [`${limit} style`]: 'form', [`${limit} explode`]: true },
  },
  {
    rule: 'a parameter may no longer be empty',
    breaks: { [`${add} parameters`]: [{ name: 'draft', in: 'query', schema }] },
    says: 'addBook: query parameter draft: allowEmptyValue was true, is false. A request that was right is refused now.',
    spares: {
      [`${add} parameters`]: [
        { name: 'draft', in: 'query', schema, allowEmptyValue: true, allowReserved: true },
      ],
    },
    before: { [`${add} parameters`]: [{ name: 'draft', in: 'query', schema, allowEmptyValue: true }] },
  },
  {
    rule: 'a request body becomes required',
    breaks: { [`${add} requestBody required`]: true },
    says: 'addBook: request body: required was false, is true. A request without it is refused.',
    spares: { [`${list} requestBody`]: { content: {} } },
  },
  {
    rule: 'a request body is gone',
    breaks: { [`${add} requestBody`]: undefined },
    says: 'addBook: request body was there, is gone. What a caller sends in it is not heard.',
    spares: { [`${add} requestBody description`]: 'The book.' },
  },
  {
    rule: 'a request body has a new required property',
    breaks: { 'components schemas NewBook required': ['title', 'isbn'] },
    says: 'addBook: components/schemas/NewBook.yaml: required was title, is title, isbn. A request that was right is refused now.',
    spares: { 'components schemas NewBook required': [] },
  },
  {
    rule: 'a media type of a request is gone',
    breaks: { [`${add} requestBody content application/xml`]: undefined },
    says: 'addBook: request body: media type application/xml was there, is gone. A caller that writes it is refused.',
    spares: { [`${add} requestBody content text/csv`]: {} },
  },
  {
    rule: 'a media type of an answer is gone',
    breaks: { [`${answer} content text/csv`]: undefined },
    says: 'listBooks: answer 200: media type text/csv was there, is gone. A caller that reads it gets something else.',
    spares: { [`${answer} content application/xml`]: {} },
  },
  {
    rule: 'an answer is gone',
    breaks: { [`${list} responses 404`]: undefined },
    says: 'listBooks: answer 404 was there, is gone. A caller that provides for it waits in vain.',
    spares: { [`${list} responses 404`]: undefined, [`${list} responses 4XX`]: notFound },
  },
  {
    rule: 'an answer comes that a caller does not know',
    breaks: { [`${list} responses 202`]: {} },
    says: 'listBooks: answer 202 was absent, is there. A caller does not know what it means.',
    spares: { [`${list} responses 206`]: {}, [`${list} responses 503`]: {} },
  },
  {
    rule: 'an answer is of another kind',
    breaks: { 'components responses NotFound content application/json schema type': 'array' },
    says: 'listBooks, addBook: components/responses/NotFound.yaml, application/json: type was object, is array. An answer may differ from what a caller relies on.',
    spares: { 'components responses NotFound description': 'Not here.' },
  },
  {
    rule: 'a header of an answer is gone',
    breaks: { [`${answer} headers ETag`]: undefined },
    says: 'listBooks: answer 200: header ETag was there, is gone. A caller that reads it finds nothing.',
    spares: { [`${answer} headers Age`]: { required: true, schema } },
  },
  {
    rule: 'a header of an answer may be missing',
    breaks: { [`${answer} headers ETag required`]: undefined },
    says: 'listBooks: answer 200, header ETag: required was true, is false. A caller that relies on it may not get it.',
    spares: { [`${answer} headers ETag`]: undefined, [`${answer} headers etag`]: { required: true, schema } },
  },
  {
    rule: 'a header of an answer is of another kind',
    breaks: { [`${answer} headers ETag schema type`]: 'integer' },
    says: 'listBooks: answer 200, header ETag, schema: type was string, is integer. An answer may differ from what a caller relies on.',
    spares: { [`${answer} headers ETag schema maxLength`]: 64 },
  },
  {
    rule: 'a way to be let in is gone',
    breaks: { security: [{ Token: [] }] },
    says: 'listBooks, addBook: authentication was Signature with Date read, is Token. A caller with such credentials is refused.',
    spares: { security: [{ Signature: [] }, { Token: [] }] },
  },
  {
    rule: 'a way to be let in needs more',
    breaks: { [`${add} security`]: [{ Token: [] }, { Signature: [], Date: ['write'] }] },
    says: 'addBook: authentication was Signature with Date read, is Token, Signature with Date write. A caller with such credentials is refused.',
    spares: { [`${add} security`]: [] },
  },
  {
    rule: 'a security scheme goes otherwise',
    breaks: { 'components securitySchemes Token name': 'X-Key' },
    says: 'every operation: security scheme Token was {"type":"apiKey","in":"header","name":"X-Token"}, is {"type":"apiKey","in":"header","name":"X-Key"}. A caller proves itself in the old way.',
    spares: { 'components securitySchemes Token description': 'A key.' },
  },
  {
    rule: 'a server is gone',
    breaks: { servers: [{ url: 'https://example.org' }] },
    says: 'every operation: server https://{region}.example was there, is gone. A caller asks the old address.',
    spares: { servers: [{ url: 'https://example.org' }, ...(library.servers as Json[])] },
  },
  {
    rule: 'a server’s address has another default',
    breaks: { 'servers 0 variables region default': 'south' },
    says: 'every operation: server https://{region}.example, region: default was north, is south. A caller that leaves it out gets something else.',
    spares: { 'servers 0 variables region enum': ['north', 'south', 'west'] },
  },
];

describe.each(rules)('$rule:', ({ breaks, says, spares, before = {} }) => {
  test('found, and said in one line', () => {
    expect(linesOf(breaks, before)).toEqual([says]);
  });

  test('a change like it that breaks nobody is let through', () => {
    expect(linesOf(spares, before)).toEqual([]);
  });
});

test('the name of a parameter in a path changes the path, and is said once', () => {
  const renamed = [{ name: 'rack_id', in: 'path', required: true, schema }];
  expect(
    linesOf({ [list]: undefined, 'paths /shelves/{rack_id}/books': { parameters: renamed, get } }),
  ).toEqual([
    'listBooks: address was GET /shelves/{shelf_id}/books, is GET /shelves/{rack_id}/books. A caller asks the old address.',
  ]);
});

import { describeBreak, findBreaks } from './breaks.ts';
import type { Json } from './place.ts';

/** Changes to a document: where, as keys with a blank between, and the new value; `undefined` takes it away. */
export type Edits = Record<string, unknown>;

/** A copy of a document with changes. */
export function edited(document: Json, edits: Edits): Json {
  const copy = structuredClone(document);
  for (const [where, value] of Object.entries(edits)) {
    const keys = where.split(' ');
    const last = keys.pop()!;
    const parent = keys.reduce((at, key) => {
      at[key] ??= {};
      return at[key] as Json;
    }, copy);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

/** A small contract, for rules to be tried on. */
export const library: Json = {
  openapi: '3.1.1',
  servers: [
    {
      url: 'https://{region}.example',
      variables: { region: { default: 'north', enum: ['north', 'south'] } },
    },
  ],
  security: [{ Token: [] }, { Signature: [], Date: ['read'] }],
  paths: {
    '/shelves/{shelf_id}/books': {
      parameters: [{ name: 'shelf_id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'listBooks',
        parameters: [
          { $ref: '#/components/parameters/Limit' },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
        ],
        responses: {
          200: {
            headers: { ETag: { required: true, schema: { type: 'string' } } },
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Book' } } },
              'text/csv': { schema: { type: 'string' } },
            },
          },
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
      post: {
        operationId: 'addBook',
        requestBody: {
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/NewBook' } },
            'application/xml': {},
          },
        },
        responses: { 201: {}, 404: { $ref: '#/components/responses/NotFound' } },
      },
    },
  },
  components: {
    parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer', default: 20 } } },
    responses: { NotFound: { content: { 'application/json': { schema: { type: 'object' } } } } },
    schemas: {
      Book: {
        type: 'object',
        required: ['title'],
        properties: {
          title: { type: 'string' },
          pages: { type: 'integer' },
          sequel: { $ref: '#/components/schemas/Book', description: 'The next volume.' },
        },
      },
      NewBook: {
        type: 'object',
        required: ['title'],
        properties: { title: { type: 'string' }, note: { type: 'string', default: '' } },
      },
    },
    securitySchemes: {
      Token: { type: 'apiKey', in: 'header', name: 'X-Token', description: 'A token.' },
      Signature: { type: 'apiKey', in: 'header', name: 'Authorization' },
      Date: { type: 'apiKey', in: 'header', name: 'X-Date' },
    },
  },
};

/** What the gate says of changes to the library's contract, a line each. */
export const linesOf = (edits: Edits, before: Edits = {}): string[] => {
  const released = edited(library, before);
  return findBreaks(released, edited(released, edits)).map(describeBreak);
};

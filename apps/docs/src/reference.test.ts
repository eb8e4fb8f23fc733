import { type Mock, startMock } from '@connection-records/mock';
import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from './built.ts';
import { forReaders } from './reference.ts';

// biome-ignore lint/suspicious/noExplicitAny: what is read here is whatever the contract holds
type Node = { [key: string]: any };

const resolve = (node: Node): Node =>
  node.$ref
    ? node.$ref
        .split('/')
        .slice(1)
        .reduce((at: Node, key: string) => at[key], contract)
    : node;

const operations = Object.entries<Node>(contract.paths).flatMap(([path, item]) =>
  Object.entries<Node>(item)
    .filter(([method]) => method !== 'parameters')
    .map(([, operation]) => ({
      id: operation.operationId as string,
      path,
      parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve),
      request: operation.requestBody && resolve(operation.requestBody),
      responses: Object.entries<Node>(operation.responses).map(
        ([status, response]) => [status, resolve(response)] as const,
      ),
    })),
);

const pageOf = (id: string) => {
  const page = pages.get(`/reference/operations/${id.toLowerCase()}/`);
  if (!page) throw new Error(`There is no page of ${id}.`);
  return page;
};
const withoutSpace = (text: string) => text.replace(/\s/g, '');
const lettersOnly = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

const examplesOf = (body: Node) =>
  Object.values<Node>(body.content ?? {}).flatMap((media) =>
    Object.values<Node>(media.examples ?? {}).map(resolve),
  );
const printed = ({ value }: Node) => withoutSpace(typeof value === 'string' ? value : JSON.stringify(value));

const samplesOn = (page: ReturnType<typeof pageOf>) =>
  page.querySelectorAll('.sl-openapi-snippet').map((snippet) =>
    snippet
      .querySelectorAll('.ec-line')
      .map((line) => line.textContent)
      .join('\n'),
  );

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe.each(operations)('the page of $id', ({ id, path, parameters, request, responses }) => {
  it('shows the path and every parameter with its limits, default and values', () => {
    const page = pageOf(id);
    expect(page.querySelector('.sl-openapi-operation-method-path')?.textContent).toBe(path);
    for (const { name, required, schema } of parameters) {
      const shown = page
        .querySelectorAll('.sl-openapi-key')
        .find((key) => key.querySelector('strong')?.textContent === name)?.textContent;
      expect(shown, name).toBeDefined();
      const {
        type,
        minimum,
        maximum,
        minLength,
        maxLength,
        default: fallback,
        enum: values,
      } = resolve(schema);
      const facts = {
        [type]: type,
        required: required || undefined,
        [`>= ${minimum}`]: minimum,
        [`<= ${maximum}`]: maximum,
        [`>= ${minLength} characters`]: minLength,
        [`<= ${maxLength} characters`]: maxLength,
        [`default: ${fallback}`]: fallback,
        ...Object.fromEntries((values ?? []).map((value: string) => [value, value])),
      };
      for (const [fact, value] of Object.entries(facts))
        if (value !== undefined) expect(shown, name).toContain(fact);
    }
  });

  it('shows every answer with every one of its named examples', () => {
    for (const [status, response] of responses) {
      const section = pageOf(id)
        .querySelectorAll('section')
        .find((candidate) => candidate.querySelector(`h3[id="${status}"]`));
      expect(section, status).toBeDefined();
      const text = withoutSpace(section?.textContent ?? '');
      for (const name of Object.keys(response.headers ?? {})) expect(text).toContain(name);
      for (const example of examplesOf(response)) expect(text).toContain(printed(example));
    }
  });

  it('has a sample that the mock answers with 200', async () => {
    const [sample = '', ...others] = samplesOn(pageOf(id));
    expect(others).toEqual([]);
    const [url, ...options] = [...sample.matchAll(/(-[Hd] )?'([^']+)'/g)].reverse();
    const headers = options.filter(([option]) => option.startsWith('-H'));
    const answer = await fetch((url?.[2] ?? '').replace(/^https:\/\/[^/]+/, mock.url), {
      method: request ? 'POST' : 'GET',
      headers: headers.map(([, , header]) => (header as string).split(': ') as [string, string]),
      body: options.find(([option]) => option.startsWith('-d'))?.[2] ?? null,
    });
    expect(answer.status, await answer.text()).toBe(200);
  });

  it('shows every named example of its request', () => {
    const text = withoutSpace(pageOf(id).textContent);
    for (const example of examplesOf(request ?? {})) expect(text).toContain(printed(example));
  });
});

it('reads no JSON from the file, but keeps it under its own name', () => {
  const [sample] = samplesOn(pageOf('downloadExportFile'));
  expect(sample).not.toContain('.json()');
  expect(sample).toContain('--remote-header-name');
});

it.each(['exportConnectionRecords', 'listExportTasks', 'listConnectionRecords'])(
  'narrows %s down by nothing, neither by dates that pass nor by a status that hides a running task',
  (id) => {
    const [sample] = samplesOn(pageOf(id));
    expect(sample).not.toMatch(/\?|\d{4}-\d{2}-\d{2}/);
  },
);

it('tells of everything inferred that it is, and why', () => {
  const reasons = new Set<string>();
  (function collect(node: Node) {
    for (const child of Object.values(node)) if (typeof child === 'object' && child) collect(child);
    if (node['x-basis'] === 'inferred') reasons.add(node['x-basis-reason']);
  })(contract);
  const notes = lettersOnly([...pages.values()].map((page) => page.textContent).join());

  expect(reasons.size).toBeGreaterThan(0);
  const untold = [...reasons].filter((reason) => !notes.includes(lettersOnly(`Inferred ${reason}`)));
  expect(untold).toEqual([]);
});

it('keeps the note on a schema when a property describes it in words, or with a note, of its own', () => {
  const { begin, end } = (
    forReaders({
      info: {},
      tags: [],
      paths: {},
      components: {
        schemas: {
          Time: { description: 'A time.', 'x-basis': 'inferred', 'x-basis-reason': 'A guess.' },
          Task: {
            properties: {
              begin: {
                $ref: '#/components/schemas/Time',
                description: 'The beginning.',
                'x-basis': 'inferred',
                'x-basis-reason': 'Another guess.',
              },
              end: { $ref: '#/components/schemas/Time', description: 'The end.' },
            },
          },
        },
      },
    }) as Node
  ).components.schemas.Task.properties;
  expect(begin.description).toBe(
    'The beginning.\n\n> **Inferred.** Another guess.\n\n> **Inferred.** A guess.',
  );
  expect(end.description).toBe('The end.\n\n> **Inferred.** A guess.');
});

it('tells once why an answer is inferred, on its own grounds where it has them', () => {
  const own = { 'x-basis': 'inferred', 'x-basis-reason': 'Its own.' };
  const { paths, components } = forReaders({
    info: {},
    tags: [],
    servers: [{ url: 'https://api.invalid', variables: {} }],
    components: { responses: { TooFar: { description: 'Too far.', ...own } } },
    paths: {
      '/file': {
        get: {
          responses: {
            206: { description: 'A part.', ...own },
            404: { description: 'None.' },
            416: { $ref: '#/components/responses/TooFar' },
          },
          'x-inferred-statuses': {
            'x-basis': 'inferred',
            'x-basis-reason': 'All of them.',
            statuses: ['206', '404', '416'],
          },
        },
      },
    },
  }) as Node;
  const { 206: part, 404: none, 416: tooFar } = paths['/file'].get.responses;
  expect(part.description).toBe('A part.\n\n> **Inferred.** Its own.');
  expect(none.description).toBe('None.\n\n> **Inferred.** All of them.');
  expect(tooFar).toEqual({ $ref: '#/components/responses/TooFar' });
  expect(components.responses.TooFar.description).toBe('Too far.\n\n> **Inferred.** Its own.');
});

it('leaves the contract it is given as it was', () => {
  const before = structuredClone(contract);
  forReaders(contract);
  expect(contract).toEqual(before);
});

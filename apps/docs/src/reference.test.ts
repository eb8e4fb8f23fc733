import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
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
      for (const example of examplesOf(response)) expect(text).toContain(printed(example));
    }
  });

  it('shows every named example of its request', () => {
    const text = withoutSpace(pageOf(id).textContent);
    for (const example of examplesOf(request ?? {})) expect(text).toContain(printed(example));
  });
});

it('tells of everything inferred that it is, and why', () => {
  const reasons = new Set<string>();
  (function collect(node: Node) {
    for (const child of Object.values(node)) if (typeof child === 'object' && child) collect(child);
    if (node['x-basis'] === 'inferred') reasons.add(node['x-basis-reason']);
  })(contract);
  const notes = lettersOnly([...pages.values()].map((page) => page.textContent).join());

  expect(reasons.size).toBeGreaterThan(0);
  for (const reason of reasons) expect(notes).toContain(lettersOnly(`Inferred ${reason}`));
});

it('keeps the note on a schema when a property describes it in words of its own', () => {
  const { end } = (
    forReaders({
      info: {},
      tags: [],
      components: {
        schemas: {
          Time: { description: 'A time.', 'x-basis': 'inferred', 'x-basis-reason': 'A guess.' },
          Task: { properties: { end: { $ref: '#/components/schemas/Time', description: 'The end.' } } },
        },
      },
    }) as Node
  ).components.schemas.Task.properties;
  expect(end.description).toBe('The end.\n\n> **Inferred.** A guess.');
});

it('leaves the contract it is given as it was', () => {
  const before = structuredClone(contract);
  forReaders(contract);
  expect(contract).toEqual(before);
});

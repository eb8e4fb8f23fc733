import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { pages } from './built.ts';
import { errorCases } from './error-codes.ts';

interface Refusal {
  name: string;
  status: number;
  code: string;
  inferred: boolean;
}

const { examples, responses } = contract.components;
const nameIn = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);

/** Every example of the contract that is an error, with each status it comes with. */
const refusals = Object.values(contract.paths).flatMap((path) =>
  Object.values(path)
    .filter((operation) => 'responses' in operation)
    .flatMap((operation) => Object.entries(operation.responses as Record<string, { $ref?: string }>))
    .flatMap(([status, { $ref }]) => {
      if (!$ref) return [];
      const { content } = responses[nameIn($ref) as keyof typeof responses];
      return Object.keys(content['application/json'].examples).map((name): Refusal => {
        const example = examples[name as 'invalidParameter'];
        return {
          name,
          status: Number(status),
          code: example.value.error_code,
          inferred: 'x-basis' in example,
        };
      });
    }),
);

it('finds the errors of the contract', () => {
  expect(refusals.length).toBeGreaterThan(80);
});

const unique = [
  ...new Map(refusals.map((refusal) => [`${refusal.name} ${refusal.status}`, refusal])).values(),
];

describe.each(unique)('$name of the contract', ({ name, status, code, inferred }) => {
  const found = errorCases.filter((error) => error.examples?.some((example) => example === name));

  it(`is in the table, once, as ${code} with ${status}`, () => {
    expect(found).toMatchObject([{ code }]);
    expect(found[0]?.statuses).toContain(status);
  });

  it(`is ${inferred ? 'inferred' : 'documented'} in both`, () => {
    expect(Boolean(found[0]?.inferred)).toBe(inferred);
  });
});

it('names no example that the contract lacks', () => {
  const known = new Set([...unique.map(({ name }) => name), 'exportFailed']);
  expect(errorCases.flatMap((error) => error.examples ?? []).filter((name) => !known.has(name))).toEqual([]);
});

it('is in the order in which one looks for a code', () => {
  const keys = errorCases.map(({ code, statuses }) => [code, statuses[0] ?? 0] as const);
  const sorted = keys.toSorted(([a, first], [b, second]) => (a < b ? -1 : a > b ? 1 : first - second));
  expect(keys).toEqual(sorted);
});

it('says everything in both languages', () => {
  for (const { code, meaning, advice, inferred } of errorCases)
    for (const [english, chinese] of [meaning, advice, ...(inferred ? [inferred] : [])]) {
      expect(english, code).toMatch(/^[\x20-\x7e’…]+$/);
      expect(chinese, code).toMatch(/\p{Script=Han}/u);
    }
});

it('has a clear answer for every status that the contract has', () => {
  const statuses = new Set(refusals.map(({ status }) => status));
  const told = new Set(errorCases.flatMap((error) => error.statuses));
  expect([...statuses].filter((status) => !told.has(status))).toEqual([]);
});

it.each(['/errors/', '/zh-cn/errors/'])('has a row with its own anchor for every code on %s', (address) => {
  const rows = pages.get(address)?.querySelectorAll('.errors tbody tr') ?? [];
  const anchors = rows.flatMap((row) => row.querySelector('h3')?.getAttribute('id') ?? []);
  expect(anchors).toEqual([...new Set(errorCases.map(({ code }) => code))]);
  expect(rows).toHaveLength(errorCases.length);
});

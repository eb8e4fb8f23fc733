// What an editor shows of a parameter and of a field that is sent: read out of the types as an editor does, held against the contract.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readContract } from '../scripts/generate-types.ts';
import { bodiesOf, limitsOf, type Node, resolve } from '../scripts/limits.ts';

const contract = await readContract();
const file = fileURLToPath(new URL('./generated/schema.ts', import.meta.url));
const program = ts.createProgram([file], { strict: true });
const checker = program.getTypeChecker();
const source = program.getSourceFile(file)!;
const [operations] = checker
  .getExportsOfModule(checker.getSymbolAtLocation(source)!)
  .filter(({ name }) => name === 'operations');

/** The type of a property, and what an editor shows of it. */
const propertyOf = (type: ts.Type, name: string) => {
  const symbol = checker.getPropertyOfType(type, name)!;
  const shown = (tag: string) =>
    symbol
      .getJsDocTags(checker)
      .find((found) => found.name === tag)
      ?.text?.map(({ text }) => text)
      .join('');
  const inner = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(symbol, source));
  return { type: inner, description: shown('description'), example: shown('example') };
};

interface Operation {
  operationId: string;
  parameters?: Node[];
  requestBody?: unknown;
}
const sent = Object.values(contract.paths).flatMap(({ parameters: ofPath, ...methods }) =>
  Object.values(methods as unknown as Record<string, Operation>).flatMap(
    ({ operationId, parameters = [] }) => {
      const type = checker.getDeclaredTypeOfSymbol(operations!);
      const { type: all } = propertyOf(propertyOf(type, operationId).type, 'parameters');
      return [...((ofPath ?? []) as unknown as Node[]), ...parameters].map((given) => {
        const found = resolve(contract, given) as Node & { in: string; name: string };
        const shown = propertyOf(propertyOf(all, found.in).type, found.name);
        return { what: `${operationId}: ${found.name}`, node: found, schema: found.schema!, shown };
      });
    },
  ),
);
const schemas = checker
  .getExportsOfModule(checker.getSymbolAtLocation(source)!)
  .find(({ name }) => name === 'components');
const fields = bodiesOf(contract).flatMap(({ schema }) => {
  const components = checker.getDeclaredTypeOfSymbol(schemas!);
  const body = propertyOf(propertyOf(components, 'schemas').type, schema.$ref!.split('/').at(-1)!).type;
  return Object.entries(resolve(contract, schema).properties!).map(([name, node]) => {
    return { what: name, node, schema: node, shown: propertyOf(body, name) };
  });
});

/** The words for the unit of a number. */
const units = /\b(milliseconds|seconds|items|tasks|records)\b/;

test.each([...sent, ...fields])(
  'an editor shows the unit, the limits and an example of $what',
  ({ node, schema, shown }) => {
    const { type, pattern } = resolve(contract, schema);
    expect(shown.description, 'Run `npx -y pnpm@12 generate`.').toContain(limitsOf(contract, schema));
    expect(shown.example).toBeTruthy();
    if (node.example !== undefined) expect(shown.example).toBe(`${node.example}`);
    if (type === 'integer')
      expect(node.description, 'Say in the description of what it counts.').toMatch(units);
    // A text that is bound to a pattern is a time.
    if (pattern) expect(node.description).toMatch(/UTC, to the (\*\*minute\*\*|second)/);
  },
);

test('limits are those of the schema', () => {
  const of = (schema: Node) => limitsOf(contract, schema);
  expect(of({ type: 'integer', minimum: 0, maximum: 10_000 })).toBe('Limits: 0 to 10000.');
  expect(of({ type: 'integer', minimum: 1, maximum: 100, default: 20 })).toBe(
    'Limits: 1 to 100; left out, 20.',
  );
  expect(of({ type: 'string', enum: ['ASC', 'DESC'], default: 'ASC' })).toBe(
    'Limits: `ASC`, `DESC`; left out, ASC.',
  );
  expect(of({ type: 'string', maxLength: 255 })).toBe('Limits: 0 to 255 characters.');
  expect(of({ type: 'boolean' })).toBe('Limits: `true`, `false`.');
  expect(of({ type: 'string' })).toBe('Limits: none known.');
  expect(
    of({ type: 'array', minItems: 1, maxItems: 200, items: { type: 'string', minLength: 1, maxLength: 64 } }),
  ).toBe('Limits: 1 to 200 items, each 1 to 64 characters.');
});

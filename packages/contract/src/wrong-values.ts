/** Values that the contract does not allow, each beyond one limit of a schema, derived from it. */
import { resolve } from './bundle.ts';
import { type Basis, basisOf, type Located, type Schema } from './contract.ts';

/** A value beyond a limit. */
export interface Wrong<Value> {
  value: Value;
  /** How it is wrong, to be read after the parameter's name: `=101, above its maximum of 100`. */
  how: string;
  basis: Basis;
}

/** Texts that a parameter must not have. An empty one is not among them: servers may take it for a parameter left out. */
export function wrongTexts({ schema }: Located, documented: Basis): Wrong<string>[] {
  const limits = basisOf({ ...schema }, documented);
  const found: Wrong<string>[] = [];
  const add = (value: string, how: string, basis = limits) =>
    found.push({ value, how: `=${value}, ${how}`, basis });
  if (schema.type === 'integer') {
    for (const value of ['many', '1.5', '5x']) add(value, 'which is no integer', documented);
  }
  if (schema.type === 'boolean') add('maybe', 'which is no boolean', documented);
  if (schema.minimum !== undefined) add(String(schema.minimum - 1), `below its minimum of ${schema.minimum}`);
  if (schema.maximum !== undefined) add(String(schema.maximum + 1), `above its maximum of ${schema.maximum}`);
  // Cut to 32 bits, it would be 1.
  if (schema.maximum !== undefined) add('4294967297', `above its maximum of ${schema.maximum}`);
  if (schema.enum) {
    const [word = ''] = schema.enum;
    add('NO_SUCH_VALUE', `none of ${schema.enum.join(', ')}`);
    add(swapCase(word), `which is ${word} in another case`, CASE);
  }
  if (schema.pattern) add('tomorrow', 'which is not of its pattern');
  if (schema.maxLength !== undefined) {
    const length = schema.maxLength + 1;
    found.push({
      value: 'x'.repeat(length),
      how: ` of ${length} characters, over its maximum of ${schema.maxLength}`,
      basis: limits,
    });
  }
  return found;
}

const CASE: Basis = {
  kind: 'inferred',
  why: 'The page writes the values in this case alone, and does not say that another one would do.',
};

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
}

/** JSON bodies that a request must not have, given a right one. */
export function wrongBodies({ schema }: Located, documented: Basis): Wrong<unknown>[] {
  const found: Wrong<unknown>[] = (schema.required ?? []).map((name) => ({
    value: {},
    how: `without ${name}`,
    basis: basisOf({ ...schema }, documented),
  }));
  for (const [value, how] of [
    [[], 'that is an array'],
    [null, 'that is null'],
    ['one', 'that is a text'],
  ] as const) {
    found.push({ value, how, basis: documented });
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    for (const { value, how, basis } of wrongArrays(property, documented)) {
      found.push({ value: { [name]: value }, how: `whose ${name} ${how}`, basis });
    }
  }
  return found;
}

function wrongArrays(schema: Schema, documented: Basis): Wrong<unknown>[] {
  if (schema.type !== 'array') return [];
  const basis = basisOf({ ...schema }, documented);
  const found: Wrong<unknown>[] = [
    { value: 'one', how: 'is no array', basis: documented },
    { value: null, how: 'is null', basis: documented },
  ];
  const { minItems, maxItems } = schema;
  if (minItems) found.push({ value: items(minItems - 1), how: `has fewer than ${minItems} items`, basis });
  if (maxItems !== undefined) {
    found.push({
      value: items(maxItems + 1),
      how: `has ${maxItems + 1} items, over its maximum of ${maxItems}`,
      basis,
    });
  }
  if (schema.uniqueItems) found.push({ value: [...items(1), ...items(1)], how: 'has an item twice', basis });
  const item = resolve(schema.items ?? {}, '').node as Schema;
  if (item.type === 'string') found.push({ value: [1], how: 'has a number for an item', basis: documented });
  if (item.minLength)
    found.push({ value: [''], how: 'has an empty item', basis: basisOf({ ...item }, documented) });
  if (item.maxLength !== undefined) {
    const length = item.maxLength + 1;
    found.push({
      value: ['x'.repeat(length)],
      how: `has an item of ${length} characters, over its maximum of ${item.maxLength}`,
      basis: basisOf({ ...item }, documented),
    });
  }
  return found;
}

/** Ids that no task has. */
function items(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `no-such-task-${index}`);
}

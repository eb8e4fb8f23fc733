import { describe, expect, it } from 'vitest';
import { factorsOf } from './cases/pairs.ts';
import { operations } from './contract.ts';
import { isFree, limitsOf, rightTexts, TOGETHER, timeFormat, UNUSUAL } from './right-values.ts';
import { mismatches } from './schema.ts';
import type { World } from './world.ts';

const documented = { kind: 'documented', why: 'test' } as const;
const parameters = operations.flatMap((operation) => operation.parameters);

/** A query is text that stands for a number or a boolean. */
function typed(text: string, type?: string): unknown {
  if (type === 'integer') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

describe('a right value', () => {
  it.each(parameters)('of $name is right by the contract', (parameter) => {
    const unusual = isFree(parameter) ? [UNUSUAL] : [];
    const limits = limitsOf(parameter).map(({ value }) => value);
    const times = [timeFormat(parameter)?.(Date.now()) ?? []].flat();
    for (const text of timeFormat(parameter) ? times : [...rightTexts(parameter), ...limits, ...unusual]) {
      expect(mismatches(parameter.pointer, typed(text, parameter.schema.type), documented)).toEqual([]);
    }
  });

  it('at a limit would be wrong with one more', () => {
    for (const parameter of parameters) {
      for (const { value, how } of limitsOf(parameter)) {
        const { type } = parameter.schema;
        const beyond = type === 'integer' ? Number(value) + (how.includes('minimum') ? -1 : 1) : `${value}x`;
        expect(mismatches(parameter.pointer, beyond, documented)).not.toEqual([]);
      }
    }
  });

  it('is known for every parameter that the contract wants with another one', () => {
    const names = new Set(parameters.map(({ name }) => name));
    expect(TOGETHER.flat().filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('the choices for all pairs', () => {
  const hour = Date.UTC(2026, 1, 10, 2);
  const choices = operations.map((operation) => ({
    operation,
    factors: factorsOf(operation, { hour } as World),
  }));

  it.each(choices)('of $operation.id have every parameter of its query', ({ operation, factors }) => {
    const names = factors.flatMap((factor) => factor.flatMap((choice) => Object.keys(choice)));
    const query = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
    expect([...new Set(names)].sort()).toEqual([...query].sort());
  });

  it.each(choices)('of $operation.id leave each of them out as well, and are few', ({ factors }) => {
    expect(factors.every(([first]) => Object.keys(first ?? {}).length === 0)).toBe(true);
    expect(Math.max(0, ...factors.map(({ length }) => length))).toBeLessThanOrEqual(6);
  });
});

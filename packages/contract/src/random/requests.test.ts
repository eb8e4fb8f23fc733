import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operationNamed, operations, type Parameter } from '../contract.ts';
import { mismatches } from '../schema.ts';
import { agreed, rightQueries, wrongQueries } from './requests.ts';
import { rightTexts, wrongTexts } from './values.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const ANY = { kind: 'documented', why: 'test' } as const;
const QUERIED = operations.filter(({ parameters }) => parameters.some((one) => one.in === 'query'));
const parameters = QUERIED.flatMap(({ id, parameters: all }) =>
  all.filter((one) => one.in === 'query').map((parameter) => ({ id, name: parameter.name, parameter })),
);

/** A text as the schema sees it. */
function typed({ schema }: Parameter, text: string): unknown {
  if (schema.type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : text;
  return schema.type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}

const fits = (parameter: Parameter, text: string) =>
  mismatches(parameter.pointer, typed(parameter, text), ANY).length === 0;

describe('a made-up value', () => {
  it.each(parameters)('of $name of $id is allowed where it is right', ({ parameter }) => {
    const texts = fc.sample(rightTexts(parameter, NOW), { seed: 1, numRuns: 200 });
    expect(texts.filter((text) => !fits(parameter, text))).toEqual([]);
  });

  it.each(parameters)('of $name of $id is not allowed where it is wrong', ({ parameter }) => {
    const wrong = wrongTexts(parameter, NOW);
    const texts = wrong ? fc.sample(wrong, { seed: 1, numRuns: 200 }) : [];
    expect(texts.filter((text) => fits(parameter, text))).toEqual([]);
  });

  it('is as long as it may be, now and then, counted in characters of any alphabet', () => {
    const name = operationNamed('listConnectionRecords').parameters.find((one) => one.name === 'user_name');
    const lengths = fc
      .sample(rightTexts(name as Parameter, NOW), { seed: 1, numRuns: 100 })
      .map((text) => [...text].length);
    expect(Math.max(...lengths)).toBe(255);
  });

  it('is one of those that are there, more often than not', () => {
    const name = operationNamed('listConnectionRecords').parameters.find((one) => one.name === 'user_name');
    const texts = fc.sample(rightTexts(name as Parameter, NOW, ['zhang3', '']), { seed: 1, numRuns: 100 });
    expect(texts.filter((text) => text === 'zhang3').length).toBeGreaterThan(30);
    expect(texts).not.toContain('');
  });
});

describe('a made-up query', () => {
  it.each(QUERIED)('of $id has bounds that agree, and is no longer than an address may be', (operation) => {
    for (const query of fc.sample(rightQueries(operation, NOW), { seed: 1, numRuns: 500 })) {
      expect(
        query.start_time === undefined || query.end_time === undefined || query.start_time < query.end_time,
      ).toBe(true);
      expect(Number(query.min_e2e_rtt ?? 0)).toBeLessThanOrEqual(Number(query.max_e2e_rtt ?? 10_000));
      expect(new URLSearchParams(query).toString().length).toBeLessThan(8000);
    }
  });

  it.each(QUERIED)('of $id has the wrong value in it, if it is to be wrong', (operation) => {
    for (const { name, query } of fc.sample(wrongQueries(operation, NOW), { seed: 1, numRuns: 200 })) {
      const parameter = operation.parameters.find((one) => one.name === name) as Parameter;
      expect(fits(parameter, query[name] as string)).toBe(false);
    }
  });

  it('of a list has both bounds or none, and of an export either', () => {
    const bound = { start_time: '2026-02-20T00:00Z' };
    expect(agreed(operationNamed('listConnectionRecords'), bound)).toEqual({});
    expect(agreed(operationNamed('exportConnectionRecords'), bound)).toEqual(bound);
  });

  it('has a window and not a moment', () => {
    const both = { start_time: '2026-02-20T00:00Z', end_time: '2026-02-20T00:00Z' };
    expect(agreed(operationNamed('listConnectionRecords'), both)).toEqual({});
  });
});

import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { fieldsOfExport as fields } from './fields.ts';
import { addressOf, type Inputs, problemsOf, requestOf, sandboxInputs } from './inputs.ts';
import type { FieldName } from './model.ts';
import { words } from './words.ts';

const now = Date.parse('2026-02-10T02:11:22Z');
const inputsOf = (values: Partial<Record<FieldName, string>>, others: Partial<Inputs> = {}): Inputs => {
  const inputs = sandboxInputs(fields);
  return { ...inputs, ...others, values: { ...inputs.values, ...values } };
};

it('the form has every parameter of the contract, with its limits', () => {
  expect(fields.map(({ name }) => name)).toEqual([
    'project_id',
    'start_time',
    'end_time',
    'user_name',
    'computer_name',
    'terminal_type',
    'language',
    'min_e2e_rtt',
    'max_e2e_rtt',
    'enterprise_project_id',
    'public_ip',
    'domain',
  ]);
  expect(fields.find(({ name }) => name === 'max_e2e_rtt')).toMatchObject({
    kind: 'integer',
    minimum: 0,
    maximum: 10000,
  });
  expect(fields.find(({ name }) => name === 'language')).toMatchObject({
    kind: 'choice',
    choices: contract.components.schemas.Language.enum,
  });
});

it('what is left empty is left out, and numbers are numbers', () => {
  const inputs = inputsOf({ user_name: ' 李四 ', min_e2e_rtt: '50', computer_name: '  ' });
  expect(requestOf(fields, inputs)).toEqual({ user_name: '李四', min_e2e_rtt: 50 });
});

it('the inputs to begin with are right', () => {
  expect(problemsOf(fields, sandboxInputs(fields), now, words.en)).toEqual({});
});

it('an address given by hand is called without the slash at its end', () => {
  const sandbox = { server: 'http://s', mock: 'http://m' };
  expect(addressOf(inputsOf({}, { place: 'other', address: ' http://x/y/ ' }), sandbox)).toBe('http://x/y');
  expect(addressOf(inputsOf({}, { place: 'mock', address: 'http://x' }), sandbox)).toBe('http://m');
});

describe('is wrong:', () => {
  it.each<[string, Partial<Record<FieldName, string>>, FieldName, RegExp]>([
    ['no project', { project_id: '' }, 'project_id', /cannot be empty/],
    ['a project that is a step in a path', { project_id: '..' }, 'project_id', /cannot be sent/],
    ['a project that is too long', { project_id: 'a'.repeat(256) }, 'project_id', /256 characters.* 255/],
    ['a time without seconds', { start_time: '2026-02-01T00:00Z' }, 'start_time', /is no time/],
    ['a time of another zone', { end_time: '2026-02-01T00:00:00+08:00' }, 'end_time', /is no time/],
    ['a day that is none', { end_time: '2026-02-30T00:00:00Z' }, 'end_time', /is no time/],
    ['a start that is too old', { start_time: '2026-01-11T02:11:21Z' }, 'start_time', /30 days/],
    ['a start to come', { start_time: '2026-03-01T00:00:00Z' }, 'start_time', /future/],
    [
      'an end at the start',
      { start_time: '2026-02-01T00:00:00Z', end_time: '2026-02-01T00:00:00Z' },
      'end_time',
      /not after the start/,
    ],
    ['a latency below 0', { min_e2e_rtt: '-1' }, 'min_e2e_rtt', /0 to 10000/],
    ['a latency that is none', { max_e2e_rtt: '50 ms' }, 'max_e2e_rtt', /no whole number/],
    ['latencies the wrong way round', { min_e2e_rtt: '9', max_e2e_rtt: '8' }, 'max_e2e_rtt', /less than/],
    ['a name that is too long', { user_name: 'a'.repeat(256) }, 'user_name', /256 characters/],
  ])('%s', (_, values, name, problem) => {
    const problems = problemsOf(fields, inputsOf(values), now, words.en);
    expect(Object.keys(problems)).toEqual([name]);
    expect(problems[name]).toMatch(problem);
    expect(Object.keys(problemsOf(fields, inputsOf(values), now, words['zh-CN']))).toEqual([name]);
  });

  it.each<[string, Partial<Inputs>, string]>([
    ['no token', { token: ' ' }, 'token'],
    ['a token that no header can carry', { token: '令牌' }, 'token'],
    ['an access key without its secret', { credentials: 'signature', sk: '' }, 'sk'],
    ['an address without its scheme', { place: 'other', address: 'localhost:4020' }, 'address'],
    ['an address with a password', { place: 'other', address: 'http://me:secret@host' }, 'address'],
  ])('%s', (_, inputs, name) => {
    expect(Object.keys(problemsOf(fields, inputsOf({}, inputs), now, words.en))).toEqual([name]);
  });
});

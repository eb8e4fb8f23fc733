import type { ExportRequest } from '@connection-records/client';
import type { Field, FieldName } from './model.ts';
import type { Words } from './words.ts';

/** Where requests go: the server's sandbox, the mock, or an address given by hand. */
export type Place = 'server' | 'mock' | 'other';

/** The addresses of the sandbox, as `/sandbox.json` has them. */
export interface Sandbox {
  server: string;
  mock: string;
}

/** Everything that a reader can type or choose. It is kept here and nowhere else. */
export interface Inputs {
  place: Place;
  address: string;
  credentials: 'token' | 'signature';
  token: string;
  ak: string;
  sk: string;
  securityToken: string;
  scenario: string;
  values: Record<FieldName, string>;
}

/** The name of an input that can be wrong. */
export type InputName = FieldName | 'address' | 'token' | 'ak' | 'sk' | 'securityToken';

/** What is wrong, by the input. */
export type Problems = { [name in InputName]?: string };

/** What the sandbox takes; anything will do for the mock. */
export const sandboxInputs = (fields: Field[]): Inputs => ({
  place: 'server',
  address: '',
  credentials: 'token',
  token: 'sandbox-token',
  ak: 'SANDBOX-ACCESS-KEY',
  sk: 'sandbox-secret-key',
  securityToken: '',
  scenario: 'none',
  values: Object.fromEntries(
    fields.map(({ name, required, example }) => [name, required ? example : '']),
  ) as Inputs['values'],
});

/** The address that is called. */
export const addressOf = ({ place, address }: Inputs, sandbox: Sandbox) =>
  place === 'other' ? address.trim().replace(/\/$/, '') : sandbox[place];

/** The filters that are given. What is left empty is left out. */
export function requestOf(fields: Field[], { values }: Inputs): ExportRequest {
  const given = fields
    .filter(({ name }) => name !== 'project_id' && values[name].trim() !== '')
    .map(({ name, kind }) => [name, kind === 'integer' ? Number(values[name]) : values[name].trim()]);
  return Object.fromEntries(given);
}

const days30 = 30 * 86_400_000;

/** What is wrong with the inputs, in the reader's language. */
export function problemsOf(fields: Field[], inputs: Inputs, now: number, words: Words): Problems {
  const problems: Problems = {};
  for (const field of fields) {
    const problem = problemOf(field, inputs.values[field.name].trim(), words);
    if (problem) problems[field.name] = problem;
  }
  const { start_time, end_time, min_e2e_rtt, max_e2e_rtt } = inputs.values;
  for (const name of ['start_time', 'end_time'] as const) {
    const time = Date.parse(inputs.values[name]);
    if (time < now - days30) problems[name] ??= words.problems.tooOld;
    if (time > now + 60_000 && name === 'start_time') problems[name] ??= words.problems.future;
  }
  if (!problems.start_time && Date.parse(start_time) >= Date.parse(end_time))
    problems.end_time ??= words.problems.reversed(start_time.trim());
  if (min_e2e_rtt.trim() && max_e2e_rtt.trim() && Number(min_e2e_rtt) > Number(max_e2e_rtt))
    problems.max_e2e_rtt ??= words.problems.below(min_e2e_rtt.trim());
  return { ...problems, ...problemsOfTarget(inputs, words) };
}

function problemsOfTarget(inputs: Inputs, { problems: words }: Words): Problems {
  const problems: Problems = {};
  const { address } = inputs;
  if (
    inputs.place === 'other' &&
    !(/^https?:\/\/[^/?#@\\]+(\/[^?#]*)?$/i.test(address.trim()) && URL.canParse(address))
  )
    problems.address = words.address(address);
  for (const name of inputs.credentials === 'token' ? (['token'] as const) : (['ak', 'sk'] as const))
    if (!inputs[name].trim()) problems[name] = words.missing;
  // A header carries these. The secret key never travels.
  for (const name of ['token', 'ak', 'securityToken'] as const)
    if (/[^\t -~\x80-\xff]/.test(inputs[name].trim())) problems[name] ??= words.header;
  return problems;
}

function problemOf(field: Field, value: string, { problems: words }: Words): string | undefined {
  const { kind, example, minimum = -Infinity, maximum = Infinity, maxLength = Infinity } = field;
  if (value === '') return field.required ? words.missing : undefined;
  if (kind === 'integer' && !/^-?\d+$/.test(value)) return words.notWhole(value);
  if (kind === 'integer' && (Number(value) < minimum || Number(value) > maximum))
    return words.outOfRange(value, minimum, maximum);
  if (kind === 'time' && !isTime(value, field.pattern)) return words.notTime(value, example);
  if (value.length > maxLength) return words.tooLong(value.length, maxLength);
  if (field.name === 'project_id' && /^\.{1,2}$|[^ -~]/.test(value)) return words.header;
  return undefined;
}

/** Whether a text is written like a time and is one: there is no 30 February. */
const isTime = (value: string, pattern = '') =>
  new RegExp(pattern).test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().replace('.000', '') === value;

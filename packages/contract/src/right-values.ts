/** Values that the contract allows, each at a limit of a schema or one of its words, derived from it. */
import { HOUR } from './clock.ts';
import { type Basis, basisOf, type Operation, type Parameter, type Schema, weaker } from './contract.ts';
import { toMinute, toSecond, type World } from './world.ts';

/** Letters that take several bytes, every character that means something in a URL, and a blank. */
export const UNUSUAL = `张三 &=?#+%/'"\\;`;

/** Parameters that the contract wants together. Of an export either time may be given alone, which has cases of its own. */
export const TOGETHER: readonly (readonly string[])[] = [
  ['start_time', 'end_time'],
  ['sort_field', 'sort_type'],
];

/** How a parameter writes a moment; undefined if it is not a time. */
export function timeFormat({
  schema: { pattern },
}: Pick<Parameter, 'schema'>): ((time: number) => string) | undefined {
  if (pattern === undefined) return undefined;
  return [toSecond, toMinute].find((format) => new RegExp(pattern).test(format(0)));
}

/** Whether any text may be its value. */
export function isFree({ schema }: Pick<Parameter, 'schema'>): boolean {
  return schema.type === 'string' && !schema.enum && !schema.pattern;
}

/** Values that are right for a parameter, a time excepted: each of its words, or its example. */
export function rightTexts({ schema, example }: Parameter): string[] {
  if (schema.enum) return [...schema.enum];
  return schema.type === 'boolean' ? ['true', 'false'] : [String(example)];
}

/** A value at a limit, to be read after `at`. */
export interface Limit {
  value: string;
  how: string;
}

/** Values that are right and would be wrong if there were one more to them. */
export function limitsOf({ schema }: { schema: Schema }): Limit[] {
  const { minimum, maximum, maxLength } = schema;
  return [
    ...(minimum === undefined ? [] : [{ value: String(minimum), how: `its minimum of ${minimum}` }]),
    ...(maximum === undefined ? [] : [{ value: String(maximum), how: `its maximum of ${maximum}` }]),
    ...(maxLength === undefined || schema.enum || schema.pattern
      ? []
      : ['x', '张'].map((letter) => ({
          value: letter.repeat(maxLength),
          how: `its maximum of ${maxLength} characters`,
        }))),
  ];
}

/** The basis of a limit of a parameter, the status known. */
export function basisOfLimit({ schema, source }: Parameter, status: Basis): Basis {
  return weaker(status, basisOf({ ...schema }, { kind: 'documented', why: source }));
}

/** What a request gives along with a parameter, so that it is right as a whole. An export is of one hour, to cost the server little. */
export function companions(operation: Operation, name: string, world: World): Record<string, string> {
  const together = TOGETHER.find((names) => names.includes(name)) ?? [];
  const needed = operation.parameters.filter((one) => together.includes(one.name) && one.name !== name);
  const others = Object.fromEntries(needed.map((one) => [one.name, plainText(one, world)]));
  return operation.id === 'exportConnectionRecords' ? { ...hourOf(operation, world), ...others } : others;
}

/** The times of an hour of the past in which nothing changes any more, as the operation writes them. */
export function hourOf(operation: Operation, world: World): Record<string, string> {
  const times = operation.parameters.filter((one) => ['start_time', 'end_time'].includes(one.name));
  return Object.fromEntries(times.map((one) => [one.name, plainText(one, world)]));
}

/** A right value. The contract's own example of a time is too old by now. */
export function plainText(parameter: Parameter, { hour }: World): string {
  const write = timeFormat(parameter);
  if (!write) return rightTexts(parameter)[0] ?? '';
  return write(parameter.name === 'start_time' ? hour - 2 * HOUR : hour - HOUR);
}

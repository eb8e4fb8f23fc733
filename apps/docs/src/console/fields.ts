import { operations } from '../reference/model.ts';
import type { Field, FieldName } from './model.ts';

const { parameters } = operations.find(({ id }) => id === 'exportConnectionRecords')!;

/** The inputs of an export, in the order of the contract. For the build alone, so that no browser gets the whole contract. */
export const fieldsOfExport: Field[] = parameters.map(
  ({ name, type, format, required, example, limits, values }) => ({
    name: name as FieldName,
    kind: values.length
      ? 'choice'
      : type === 'integer'
        ? 'integer'
        : format === 'date-time'
          ? 'time'
          : 'text',
    required,
    example: String(example),
    ...limits,
    ...(values.length && { choices: values }),
  }),
);

import type { ConnectionRecord, ExportFilters } from '@connection-records/client';

/** The name of an input that the contract describes. */
export type FieldName = keyof ExportFilters | 'project_id';

/** One input of the form: what the contract says of a parameter, without the rest of the contract. */
export interface Field {
  name: FieldName;
  kind: 'text' | 'time' | 'integer' | 'choice';
  required: boolean;
  example: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  choices?: string[];
}

type Node = Record<string, unknown>;

/** The inputs of an export, in the order of the contract. Made while the site is built, so that no browser gets the whole contract. */
export function fieldsOf(contract: object): Field[] {
  const resolve = (node: Node): Node =>
    typeof node.$ref === 'string'
      ? (node.$ref
          .split('/')
          .slice(1)
          .reduce<unknown>((at, key) => (at as Node)[key], contract) as Node)
      : node;
  for (const path of Object.values((contract as { paths: Record<string, Node> }).paths)) {
    const operation = path.get as Node | undefined;
    if (operation?.operationId !== 'exportConnectionRecords') continue;
    const parameters = [...((path.parameters ?? []) as Node[]), ...(operation.parameters as Node[])];
    return parameters.map((parameter) => {
      const { name, required = false, example, schema } = resolve(parameter);
      return fieldOf(name as FieldName, Boolean(required), String(example), resolve(schema as Node));
    });
  }
  throw new Error('The contract has no operation exportConnectionRecords with GET.');
}

function fieldOf(name: FieldName, required: boolean, example: string, schema: Node): Field {
  const field: Field = { name, required, example, kind: kindOf(schema) };
  for (const limit of ['minLength', 'maxLength', 'minimum', 'maximum', 'pattern'] as const)
    if (limit in schema) Object.assign(field, { [limit]: schema[limit] });
  if (schema.enum) field.choices = schema.enum as string[];
  return field;
}

function kindOf({ type, format, enum: choices }: Node): Field['kind'] {
  if (choices) return 'choice';
  if (type === 'integer') return 'integer';
  return format === 'date-time' ? 'time' : 'text';
}

/** The columns of the table, by the names of their fields, those people look for first. */
export const columns = [
  'connection_start_time',
  'user_name',
  'computer_name',
  'e2e_rtt',
  'connection_end_time',
  'terminal_type',
  'terminal_name',
  'public_ip',
  'is_reconnect',
  'connection_failure_reason',
  'client_version',
  'enterprise_project_id',
] as const satisfies (keyof ConnectionRecord)[];

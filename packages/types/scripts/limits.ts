// Puts what a schema says about a value into its description, where an editor shows it: openapi-typescript leaves that out.

/** As much of a schema, and of a parameter, as limits take. */
export interface Node {
  $ref?: string;
  description?: string;
  example?: unknown;
  type?: string;
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Node;
  schema?: Node;
  properties?: Record<string, Node>;
}

/** As much of a contract. */
export interface Contract {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, Media> } }>>;
  components: Record<string, Record<string, Node>>;
}
interface Media {
  schema: Node;
  examples: Record<string, Node & { value?: Record<string, unknown> }>;
}

/** A node, or what its `$ref` points to. */
export function resolve<T extends Node>(contract: Contract, node: T): T {
  if (!node.$ref) return node;
  const [kind = '', name = ''] = node.$ref.replace('#/components/', '').split('/');
  return contract.components[kind]![name] as T;
}

/** What a value may be, in words. */
export function limitsOf(contract: Contract, given: Node): string {
  const schema = resolve(contract, given);
  const otherwise = schema.default === undefined ? '' : `; left out, ${schema.default}`;
  return `Limits: ${boundsOf(contract, schema)}${otherwise}.`;
}

function boundsOf(contract: Contract, schema: Node): string {
  const { type, minimum, maximum, minLength, maxLength, minItems, maxItems, items } = schema;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'integer') return range('', minimum, maximum);
  if (type === 'array')
    return `${range('items', minItems, maxItems)}, each ${boundsOf(contract, resolve(contract, items!))}`;
  if (schema.pattern) return 'written as in the example';
  if (maxLength === undefined) return 'none known';
  return range('characters', minLength, maxLength);
}

const range = (unit: string, least = 0, most = Number.POSITIVE_INFINITY) =>
  `${least} to ${most} ${unit}`.trim();

/** The contract with the limits of all that is sent in the descriptions, and an example of each field of a body. */
export function withLimits(contract: Contract): Contract {
  const copy = structuredClone(contract);
  const describe = (node: Node, schema: Node) => {
    node.description = `${node.description?.trimEnd()}\n${limitsOf(copy, schema)}`;
  };
  for (const parameter of Object.values(copy.components.parameters!)) describe(parameter, parameter.schema!);
  for (const { schema, examples } of bodiesOf(copy)) {
    const example = resolve(copy, Object.values(examples)[0]!).value;
    for (const [name, field] of Object.entries(resolve(copy, schema).properties!)) {
      describe(field, field);
      field.example ??= example?.[name];
    }
  }
  return copy;
}

/** The bodies that are sent. */
export const bodiesOf = (contract: Contract): Media[] =>
  Object.values(contract.paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {}));

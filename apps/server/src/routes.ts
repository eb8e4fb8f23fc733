import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };
import type { OperationId } from '@connection-records/types';
import type { FastifySchema, HTTPMethods } from 'fastify';

/** An operation of the contract, as the router wants it. */
export interface Route {
  operationId: OperationId;
  method: HTTPMethods;
  url: string;
  /** What its parameters and its body must be. */
  schema: FastifySchema;
}

/** The parts of a request, by what the contract calls them. */
const parts = { path: 'params', query: 'querystring', header: 'headers' } as const;

interface Parameter {
  name: string;
  in: keyof typeof parts;
  required?: boolean;
  schema: object;
}
interface Operation {
  operationId: OperationId;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: object } } };
}
type PathItem = { parameters?: Parameter[] } & Partial<Record<'get' | 'post', Operation>>;

const paths = Object.entries(contract.paths).map(([path, item]) => {
  const { parameters = [], ...operations } = item as unknown as PathItem;
  return { url: path.replace(/\{(\w+)\}/g, ':$1'), parameters, operations: Object.entries(operations) };
});

/** Every operation of the contract. */
export const routes: readonly Route[] = paths.flatMap(({ url, parameters, operations }) =>
  operations.map(([method, operation]) => ({
    operationId: operation.operationId,
    method: method.toUpperCase(),
    url,
    schema: schemaOf(
      inlined([...parameters, ...(operation.parameters ?? [])]),
      inlined(operation.requestBody),
    ),
  })),
);

/** Every path of the contract, with its methods. */
export const methods: readonly { url: string; own: string[] }[] = paths.map(({ url, operations }) => ({
  url,
  own: operations.map(([method]) => method.toUpperCase()),
}));

function schemaOf(parameters: Parameter[], body: Operation['requestBody']): FastifySchema {
  const schema: FastifySchema = body ? { body: body.content['application/json'].schema } : {};
  for (const { in: place } of parameters)
    schema[parts[place]] ??= objectOf(parameters.filter((parameter) => parameter.in === place));
  return schema;
}

function objectOf(parameters: Parameter[]) {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** A copy with what is referred to in the place of the references. No schema of the contract refers to itself. */
function inlined<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value) return inlined(referredTo(String(value.$ref))) as T;
  if (Array.isArray(value)) return value.map(inlined) as T;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inlined(part)])) as T;
}

function referredTo(reference: string): unknown {
  const names = reference.split('/').slice(1);
  return names.reduce((node: unknown, name) => (node as Record<string, unknown>)[name], contract);
}

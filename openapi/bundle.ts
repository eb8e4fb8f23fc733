import { readFileSync } from 'node:fs';

type Json = Record<string, unknown>;

export interface Parameter extends Json {
  name: string;
  in: string;
  required?: boolean;
  description: string;
  schema: Json & { $ref?: string };
}

interface Operation extends Json {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  responses: Record<string, Json>;
}

/** The bundle, as everybody else reads it. */
const bundle = JSON.parse(readFileSync(new URL('./dist/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation> & { parameters: Operation['parameters'] }>;
  components: Record<string, Record<string, Json>>;
};

/** A node, or what its `$ref` points to. */
export function resolve<T>(node: T | { $ref: string }): T {
  const ref = (node as { $ref?: string }).$ref;
  if (!ref) return node as T;
  const parts = ref.slice(2).split('/');
  return parts.reduce((at, part) => at[part] as Json, bundle as unknown as Json) as T;
}

/** An operation by its method and path, its parameters resolved. */
export function operation(method: string, path: string) {
  const item = bundle.paths[path]!;
  const found = item[method]!;
  const parameters = [...(item.parameters ?? []), ...(found.parameters ?? [])].map(
    (parameter) => resolve(parameter) as Parameter,
  );
  return { ...found, parameters };
}

/** The properties of a schema of the contract. */
export const properties = (schema: string) =>
  bundle.components.schemas![schema]!.properties as Record<string, Json>;

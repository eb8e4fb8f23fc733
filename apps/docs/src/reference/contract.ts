import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };

/** A node of the bundle, whatever the contract has there. */
// biome-ignore lint/suspicious/noExplicitAny: the contract is a document, and model.ts gives it types
export type Node = { [key: string]: any };

/** The bundle. */
export const document: Node = contract;

/** A node, or what its `$ref` points to, with what stands beside the `$ref` before it. */
export function resolve(node: Node): Node {
  if (typeof node.$ref !== 'string') return node;
  const { $ref, ...beside } = node;
  const target = $ref
    .split('/')
    .slice(1)
    .reduce((at: Node, key: string) => at[key], document);
  return { ...target, ...beside };
}

/** The last part of a `$ref`: the public name of what it points to. */
export const nameOf = ({ $ref = '' }: Node): string => $ref.slice($ref.lastIndexOf('/') + 1);

import { follow, type Json } from './place.ts';

/** Ways to be let in: each a set of security schemes, with the scopes that each needs. */
export type Ways = Record<string, string[]>[];

/** A parameter as it is written in the contract, which may be a `$ref`, and what to call it. */
export interface Parameter {
  title: string;
  node: unknown;
}

/** An operation of a contract, with what it takes over from its path and from the whole. */
export interface Operation {
  id: string;
  /** `GET /v2/…` */
  address: string;
  definition: Json;
  /** By what tells one parameter from another. */
  parameters: Map<string, Parameter>;
  security: Ways;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation of a contract. */
export function operationsOf(document: Json): Operation[] {
  return Object.entries((document.paths ?? {}) as Json).flatMap(([path, node]) => {
    const item = follow(document, node).value as Record<string, Json>;
    return methods
      .filter((method) => item[method])
      .map((method): Operation => {
        const definition = item[method]!;
        const address = `${method.toUpperCase()} ${path}`;
        const nodes = [item.parameters ?? [], definition.parameters ?? []].flat();
        return {
          id: String(definition.operationId ?? address),
          address,
          definition,
          // One of the operation replaces one of the path.
          parameters: new Map(nodes.map((parameter) => named(document, path, parameter))),
          security: (definition.security ?? document.security ?? [{}]) as Ways,
        };
      });
  });
}

function named(document: Json, path: string, node: unknown): [string, Parameter] {
  const { name, in: location } = follow(document, node).value as { name: string; in: string };
  const keys: Record<string, string | number> = {
    // By its position: the name of a parameter in the path is not sent.
    path: path.split(`{${name}}`, 1)[0]!.split('{').length,
    header: name.toLowerCase(),
  };
  return [`${location} ${keys[location] ?? name}`, { title: `${location} parameter ${name}`, node }];
}

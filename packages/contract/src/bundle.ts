/** The bundled contract as a document: its references followed, and every node with its JSON pointer. */
import bundle from '@connection-records/openapi/openapi.json' with { type: 'json' };

/** An object of the document. */
export interface Node {
  [key: string]: unknown;
}
/** A node, and where it stands. */
export interface At {
  node: Node;
  pointer: string;
}

/** The bundle itself, for a validator. */
export const document: object = bundle;

/** Follows references, if any: what stands at a pointer, and under which pointer it stands in truth. */
export function resolve(node: unknown, pointer: string): At {
  const here = node as Node;
  if (typeof here.$ref !== 'string') return { node: here, pointer };
  const target = here.$ref.slice(1);
  let found: unknown = bundle;
  for (const key of target.split('/').slice(1)) found = (found as Node)[unescapeKey(key)];
  if (found === undefined) throw new Error(`The contract refers to ${here.$ref}, which it does not have.`);
  return resolve(found, target);
}

/** The entries of a map or a list, references followed. */
export function children(map: unknown, pointer: string): [string, At][] {
  return Object.entries((map ?? {}) as Node).map(([key, node]) => [
    key,
    resolve(node, `${pointer}/${escapeKey(key)}`),
  ]);
}

/** A text of the document on one line. */
export function sentence(text: unknown): string {
  return String(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A key as it is written in a JSON pointer that stands in a URL fragment. */
export function escapeKey(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function unescapeKey(key: string): string {
  return decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
}

/**
 * The contract as this suite reads it: operations with their parameters, and for each documented status what an answer
 * carries. References are followed, and every schema keeps its JSON pointer into the bundle, by which it is validated.
 */
import { type At, children, document, escapeKey, type Node, resolve, sentence } from './bundle.ts';

/** Whether the vendor says so (`documented`, with the source) or this project concluded it (`inferred`, with the grounds). */
export interface Basis {
  kind: 'documented' | 'inferred';
  why: string;
}

/** As much of a JSON Schema as this suite reads; `x-*` and the rest are there too, unread. */
export interface Schema {
  type?: string;
  enum?: readonly string[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  $ref?: string;
  'x-basis'?: 'inferred';
  'x-basis-reason'?: string;
}

/** A schema and where it stands in the bundle. */
export interface Located {
  schema: Schema;
  pointer: string;
}

export interface Parameter extends Located {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  example: unknown;
  source: string;
}

export interface Header extends Located {
  name: string;
  required: boolean;
  basis: Basis;
}

export interface Media extends Located {
  type: string;
  /** Named examples, in the order of the contract. */
  examples: ReadonlyMap<string, unknown>;
  /** Why there is no example, where there is none. */
  binary?: string;
}

/** The body of a request, which is JSON in this contract. */
export interface Body extends Located {
  required: boolean;
  /** The first named example. */
  example: unknown;
}

/** What an operation answers with one status. */
export interface Documented {
  status: number;
  description: string;
  /** Of the status itself. */
  basis: Basis;
  /** Of media types and body, as far as their schema does not say otherwise. */
  bodyBasis: Basis;
  headers: readonly Header[];
  media: readonly Media[];
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  /** Starts or destroys something, so `--read-only` never sends it. */
  changes: boolean;
  source: string;
  parameters: readonly Parameter[];
  body?: Body;
  responses: ReadonlyMap<number, Documented>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const SPEC_SOURCE = 'openapi/openapi.yaml of this project';

/** Every operation of the contract, in its order. */
export const operations: readonly Operation[] = readOperations();

/** The operation of that name; throws if the contract has none. */
export function operationNamed(id: string): Operation {
  const found = operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`The contract has no operation ${id}.`);
  return found;
}

/** The basis that a part of the contract states of itself; without a mark, the one given. */
export function basisOf(node: Node, otherwise: Basis): Basis {
  if (node['x-basis'] !== 'inferred') return otherwise;
  return { kind: 'inferred', why: sentence(node['x-basis-reason']) };
}

/** The basis of a status of an operation. Throws if the contract does not document it. */
export function basisOfStatus(operation: Operation, status: number): Basis {
  const documented = operation.responses.get(status);
  if (!documented) throw new Error(`The contract documents no ${status} of ${operation.id}.`);
  return documented.basis;
}

/** Two claims together are inferred if one of them is. */
export function weaker(a: Basis, b: Basis): Basis {
  return a.kind === 'inferred' ? a : b;
}

function readOperations(): Operation[] {
  return Object.entries((document as { paths: unknown }).paths as Record<string, Node>).flatMap(
    ([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => readOperation(path, method, item)),
  );
}

function readOperation(path: string, method: string, item: Node): Operation {
  const here = `/paths/${escapeKey(path)}`;
  const node = item[method] as Node;
  const parameters = [
    ...children(item.parameters, `${here}/parameters`),
    ...children(node.parameters, `${here}/${method}/parameters`),
  ].map(([, at]) => readParameter(at));
  const source = String(node['x-source'] ?? SPEC_SOURCE);
  const responses = children(node.responses, `${here}/${method}/responses`).map(([status, at]) =>
    readResponse(Number(status), at, node, source),
  );
  return {
    id: String(node.operationId),
    method: method.toUpperCase(),
    path,
    changes: method !== 'get' || node['x-creates'] === true,
    source,
    parameters,
    ...(node.requestBody
      ? { body: readBody(resolve(node.requestBody, `${here}/${method}/requestBody`)) }
      : {}),
    responses: new Map(responses.map((response) => [response.status, response])),
  };
}

function readParameter(at: At): Parameter {
  return {
    ...located(at),
    name: String(at.node.name),
    in: at.node.in as Parameter['in'],
    required: at.node.required === true,
    example: at.node.example,
    source: String(at.node['x-source'] ?? SPEC_SOURCE),
  };
}

function readBody(at: At): Body {
  const [first] = children(at.node.content, `${at.pointer}/content`);
  if (!first) throw new Error(`The contract has a request body without a media type at ${at.pointer}.`);
  const [, media] = first;
  const [example] = children(media.node.examples, '');
  return { ...located(media), required: at.node.required === true, example: example?.[1].node.value };
}

function readResponse(status: number, at: At, operation: Node, source: string): Documented {
  const inferred = operation['x-inferred-statuses'] as Node | undefined;
  const guessed = (inferred?.statuses as string[] | undefined)?.includes(String(status));
  const documented: Basis = { kind: 'documented', why: source };
  return {
    status,
    description: sentence(at.node.description),
    basis: guessed ? { kind: 'inferred', why: sentence(inferred?.['x-basis-reason']) } : documented,
    bodyBasis: basisOf(at.node, { kind: 'documented', why: String(at.node['x-source'] ?? source) }),
    headers: children(at.node.headers, `${at.pointer}/headers`).map(([name, header]) => ({
      ...located(header),
      name,
      required: header.node.required === true,
      basis: basisOf(header.node, { kind: 'documented', why: String(header.node['x-source'] ?? source) }),
    })),
    media: children(at.node.content, `${at.pointer}/content`).map(([type, media]) => ({
      ...located(media),
      type,
      examples: new Map(
        children(media.node.examples, '').map(([name, example]) => [name, example.node.value]),
      ),
      ...(media.node['x-binary'] ? { binary: sentence(media.node['x-binary']) } : {}),
    })),
  };
}

function located(at: At): Located {
  return {
    schema: resolve(at.node.schema, '').node as Schema,
    pointer: `${at.pointer}/schema`,
  };
}

/**
 * The contract as the reference pages show it: typed, its `$ref`s followed, with an anchor for whatever one may want to link to.
 *
 * @module
 */
import type { OperationId } from '../samples/index.ts';
import { document, type Node, nameOf, resolve } from './contract.ts';

/** A parameter, a header or a field. Its texts are the Markdown of the contract, in English. */
export interface Part {
  name: string;
  anchor: string;
  in?: 'path' | 'query' | 'header';
  /** `string`, `integer`, `boolean`, `object`, or the type of the items with `[]` behind it. */
  type: string;
  /** What kind of text it is, such as `date-time`. */
  format?: string;
  unit?: 'milliseconds' | 'seconds';
  required: boolean;
  limits: Limits;
  default?: string | number | boolean;
  values: string[];
  example?: string | number | boolean;
  description: string;
  /** Why what is said of it is inferred, where it is. */
  reasons: string[];
  source?: string;
  /** The public name of its schema, or that of its items. */
  schema: string;
  /** The fields of an object, or of the items of an array. */
  fields: Part[];
}

/** The limits of a value, as JSON Schema names them. */
export interface Limits {
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  pattern?: string;
}

/** A named example of a body. */
export interface Example {
  name: string;
  summary: string;
  value: unknown;
  reasons: string[];
}

/** A body in one media type. */
export interface Body {
  mediaType: string;
  schema: string;
  description: string;
  fields: Part[];
  examples: Example[];
  reasons: string[];
  /** Why there is no example to read, if there is none. */
  binary?: string;
}

export interface Answer {
  status: string;
  anchor: string;
  description: string;
  reasons: string[];
  source?: string;
  headers: Part[];
  bodies: Body[];
}

export interface Operation {
  id: OperationId;
  method: 'GET' | 'POST';
  path: string;
  tag: string;
  summary: string;
  /** What it does. The last paragraph says which permission it needs, in every language: {@link splitPermission}. */
  description: string;
  /** Whether it changes something: a start and a deletion do. */
  changes: boolean;
  vendorPage: { description: string; url: string };
  parameters: Part[];
  request?: { description: string; required: boolean; bodies: Body[] };
  answers: Answer[];
}

const limitNames = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'pattern',
] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The grounds of these nodes, each one once: something and the schema that it refers to may both have some. */
const reasonsOf = (...nodes: Node[]): string[] => [
  ...new Set(
    nodes.filter((node) => node['x-basis'] === 'inferred').map((node) => text(node['x-basis-reason'])),
  ),
];

/** What a schema refers to, besides what stands beside the reference. */
const target = (node: Node): Node => (node.$ref ? resolve({ $ref: node.$ref }) : node);

function partOf(name: string, anchor: string, node: Node, schemaNode: Node, required: boolean): Part {
  const schema = resolve(schemaNode);
  const items = schema.type === 'array' ? resolve(schema.items) : undefined;
  const shown = items ?? schema;
  return {
    name,
    anchor,
    type: items ? `${items.type}[]` : schema.type,
    format: schema.format,
    unit: schema['x-unit'],
    required,
    limits: Object.fromEntries(limitNames.map((limit) => [limit, schema[limit]])),
    default: schema.default,
    values: shown.enum ?? [],
    example: node.example,
    description: text(node.description) || text(schema.description),
    reasons: reasonsOf(node, schemaNode, target(schemaNode), ...(items ? [items] : [])),
    ...(node['x-source'] && { source: node['x-source'] }),
    schema: nameOf(schema.type === 'array' ? schema.items : schemaNode),
    fields: fieldsOf(shown, anchor),
  };
}

/** The fields of an object. Their anchors begin with the given one. */
function fieldsOf(schema: Node, anchor = ''): Part[] {
  const required: string[] = schema.required ?? [];
  return Object.entries<Node>(schema.properties ?? {}).map(([name, property]) =>
    partOf(name, [anchor, name].filter(Boolean).join('-'), property, property, required.includes(name)),
  );
}

const parameterOf = (node: Node): Part => ({
  ...partOf(node.name, `${node.in}-${node.name}`, node, node.schema, node.required === true),
  in: node.in,
});

function bodiesOf(content: Node = {}, anchor: string): Body[] {
  return Object.entries<Node>(content).map(([mediaType, media]) => {
    const schema = resolve(media.schema);
    return {
      mediaType,
      schema: nameOf(media.schema),
      description: text(schema.description),
      fields: fieldsOf(schema, anchor),
      examples: Object.entries<Node>(media.examples ?? {}).map(([name, node]) => {
        const { summary, value, ...example } = resolve(node);
        return { name, summary, value, reasons: reasonsOf(example) };
      }),
      reasons: reasonsOf(schema),
      ...(media['x-binary'] && { binary: text(media['x-binary']) }),
    };
  });
}

function answerOf(status: string, node: Node, inferred: Node): Answer {
  const response = resolve(node);
  const own = reasonsOf(response);
  const listed = inferred.statuses?.includes(status) ? reasonsOf(inferred) : [];
  return {
    status,
    anchor: status,
    description: text(response.description),
    // One with grounds of its own tells those.
    reasons: own.length ? own : listed,
    ...(response['x-source'] && { source: response['x-source'] }),
    headers: Object.entries<Node>(response.headers ?? {}).map(([name, header]) => {
      const resolved = resolve(header);
      return partOf(name, `${status}-${name}`, resolved, resolved.schema, resolved.required === true);
    }),
    bodies: bodiesOf(response.content, status),
  };
}

/** The two parts of the description of an operation: what it does, and the permission that it needs. */
export function splitPermission(description: string): { does: string; permission: string } {
  const paragraphs = description.split(/\n\s*\n/);
  return { permission: paragraphs.pop() ?? '', does: paragraphs.join('\n\n') };
}

function operationOf(path: string, method: string, node: Node, shared: Node[]): Operation {
  const description = text(node.description);
  if (!/permission/.test(splitPermission(description).permission))
    throw new Error(`The last paragraph of ${node.operationId} does not say which permission it needs.`);
  const request = node.requestBody && resolve(node.requestBody);
  return {
    id: node.operationId,
    method: method.toUpperCase() as Operation['method'],
    path,
    tag: node.tags[0],
    summary: node.summary,
    description,
    changes: method !== 'get' || node['x-creates'] === true,
    vendorPage: node.externalDocs,
    parameters: [...shared, ...(node.parameters ?? [])].map((parameter) => parameterOf(resolve(parameter))),
    ...(request && {
      request: {
        description: text(request.description),
        required: request.required === true,
        bodies: bodiesOf(request.content, 'body'),
      },
    }),
    answers: Object.entries<Node>(node.responses).map(([status, response]) =>
      answerOf(status, response, node['x-inferred-statuses'] ?? {}),
    ),
  };
}

/** The operations, in the order of the contract. */
export const operations: Operation[] = Object.entries<Node>(document.paths).flatMap(
  ([path, { parameters = [], ...methods }]) =>
    Object.entries<Node>(methods).map(([method, node]) => operationOf(path, method, node, parameters)),
);

/** The tags, each with its operations. */
export const tags = (document.tags as { name: string; description: string }[]).map((tag) => ({
  ...tag,
  operations: operations.filter((operation) => operation.tag === tag.name),
}));

/** The two ways to prove who calls. Their anchors on the overview are their names. */
export const securitySchemes = Object.entries<Node>(document.components.securitySchemes).map(
  ([name, node]) => ({
    name,
    header: node.name as string,
    description: text(node.description),
    source: node['x-source'] as string,
  }),
);

/** The public service, with its default region put in. */
const [server] = document.servers as [{ url: string; description: string; variables: Record<string, Node> }];
export const service = {
  ...server,
  example: server.url.replace(/{(\w+)}/g, (_, name) => server.variables[name]!.default),
};

/** A schema by its public name. */
export function schemaOf(name: string) {
  const schema = document.components.schemas[name] as Node;
  return {
    name,
    description: text(schema.description),
    reasons: reasonsOf(schema),
    fields: fieldsOf(schema),
  };
}

/** The body of every refusal, whose fields the pages show once. */
export const errorSchema = 'Error';

type Node = { [key: string]: unknown };
type Paths = { [path: string]: { parameters?: Node[] } & { [method: string]: Operation } };
interface Server {
  url: string;
  variables: { [name: string]: Node };
}
interface Operation extends Node {
  parameters?: Node[];
  requestBody?: { content: { [mediaType: string]: { examples: { [name: string]: Node } } } };
  responses: { [status: string]: { headers?: Node } };
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The contract as the reference pages show it: the same facts, with those readers would miss put into words. */
export function forReaders(contract: object): Node {
  const document = structuredClone(contract) as Node;

  function visit(node: Node, holder: Node) {
    for (const [key, child] of Object.entries(node)) {
      if (isNode(child) && key !== 'example' && key !== 'value') visit(child, node);
    }
    // starlight-openapi leaves out limits and defaults that are falsy; as text it shows them.
    for (const key of ['minimum', 'default']) if (node[key] === 0) node[key] = '0';

    // A description beside a $ref replaces the one it points to, and any note in it.
    for (const told of new Set([node, 'description' in node ? resolve(document, node) : node])) {
      if (told['x-basis'] !== 'inferred' || 'statuses' in told) continue;
      note('in' in holder ? holder : node, told['x-basis-reason']);
    }

    if (isNode(node['x-inferred-statuses']) && isNode(node.responses)) {
      const { statuses, 'x-basis-reason': why } = node['x-inferred-statuses'];
      for (const status of statuses as string[]) {
        const response = resolve(document, node.responses[status] as Node);
        // One with grounds of its own tells those.
        if (response['x-basis'] !== 'inferred') node.responses[status] = note({ ...response }, why);
      }
    }
  }
  visit(document, {});

  const info = document.info as Node;
  info.description += `
These pages put such notes behind the word **Inferred**.

The contract itself: [openapi.yaml](/openapi.yaml), [openapi.json](/openapi.json).
`;

  for (const [path, { parameters = [], ...operations }] of Object.entries(document.paths as Paths)) {
    for (const operation of Object.values(operations)) {
      const source = curl(document, path, operation, [...parameters, ...(operation.parameters ?? [])]);
      operation['x-codeSamples'] = [{ lang: 'sh', label: 'curl', source }];
    }
  }

  // A described tag would get a page of its own, which repeats the sidebar under the title "Overview".
  for (const tag of document.tags as Node[]) delete tag.description;
  return document;
}

function note(node: Node, reason: unknown) {
  node.description = [node.description, `> **Inferred.** ${reason}`].filter(Boolean).join('\n\n');
  return node;
}

const resolve = (document: Node, node: Node): Node =>
  typeof node.$ref === 'string'
    ? (node.$ref
        .split('/')
        .slice(1)
        .reduce<unknown>((at, key) => (at as Node)[key], document) as Node)
    : node;

/** A request that works as it stands, so without what may be left out: a filter would hide what one looks for. */
function curl(document: Node, path: string, { requestBody, responses }: Operation, parameters: Node[]) {
  const parts = ["curl -H 'X-Auth-Token: <token>'"];

  if ('Content-Disposition' in (responses[200]?.headers ?? {}))
    parts.push('--remote-name --remote-header-name');

  for (const [type, { examples }] of Object.entries(requestBody?.content ?? {})) {
    const [example = {}] = Object.values(examples);
    parts.push(`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(resolve(document, example).value)}'`);
  }

  const [{ url, variables }] = document.servers as [Server];
  const values = new Map(Object.entries(variables).map(([name, variable]) => [name, variable.default]));
  for (const { name, example } of parameters.map((parameter) => resolve(document, parameter)))
    values.set(name as string, example);
  parts.push(`'${(url + path).replace(/{(\w+)}/g, (_, name) => String(values.get(name)))}'`);
  return parts.join(' \\\n  ');
}

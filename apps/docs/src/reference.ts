type Node = { [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The contract as the reference pages show it: the same facts, with those readers would miss put into words. */
export function forReaders(contract: object): Node {
  const document = structuredClone(contract) as Node;

  const resolve = (node: Node): Node =>
    typeof node.$ref === 'string'
      ? (node.$ref
          .split('/')
          .slice(1)
          .reduce<unknown>((at, key) => (at as Node)[key], document) as Node)
      : node;

  function visit(node: Node, holder: Node) {
    for (const [key, child] of Object.entries(node)) {
      if (isNode(child) && key !== 'example' && key !== 'examples') visit(child, node);
    }
    // starlight-openapi leaves out limits and defaults that are falsy; as text it shows them.
    for (const key of ['minimum', 'default']) if (node[key] === 0) node[key] = '0';

    // A description beside a $ref replaces the one it points to, and any note in it.
    const { 'x-basis': basis, 'x-basis-reason': reason } = 'description' in node ? resolve(node) : node;
    if (basis === 'inferred' && !('statuses' in node)) note('in' in holder ? holder : node, reason);

    if (isNode(node['x-inferred-statuses']) && isNode(node.responses)) {
      const { statuses, 'x-basis-reason': why } = node['x-inferred-statuses'];
      for (const status of statuses as string[]) {
        node.responses[status] = note({ ...resolve(node.responses[status] as Node) }, why);
      }
    }
  }
  visit(document, {});

  const info = document.info as Node;
  info.description += `
These pages put such notes behind the word **Inferred**.

The contract itself: [openapi.yaml](/openapi.yaml), [openapi.json](/openapi.json).
`;

  // A described tag would get a page of its own, which repeats the sidebar under the title "Overview".
  for (const tag of document.tags as Node[]) delete tag.description;
  return document;
}

function note(node: Node, reason: unknown) {
  node.description = [node.description, `> **Inferred.** ${reason}`].filter(Boolean).join('\n\n');
  return node;
}

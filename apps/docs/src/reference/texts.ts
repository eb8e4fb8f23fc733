import contract from '@connection-records/openapi/openapi.json' with { type: 'json' };

/** The keys of the contract whose values are for people to read. */
const human = new Set(['summary', 'description', 'x-basis-reason', 'x-binary']);
/** What comes below these travels on the wire. */
const wire = new Set(['value', 'example', 'enum', 'default', 'required', 'license']);

const isAddress = (text: string) => /^https?:\/\/\S+$/.test(text);

/** Every text of the contract that people read, each one once, in the order in which they come. */
export function humanTexts(): string[] {
  const found = new Set<string>([contract.info.title]);
  for (const { name } of contract.tags) found.add(name);
  (function visit(node: object) {
    for (const [key, child] of Object.entries(node)) {
      const isText = human.has(key) || (key === 'x-source' && !isAddress(child));
      if (typeof child === 'string' && isText) found.add(child.trim());
      else if (typeof child === 'object' && child && !wire.has(key)) visit(child);
    }
  })(contract);
  return [...found];
}

/** Reads the XML of a workbook: tags, attributes and text, without namespaces. Throws where it is not well formed. */

/** What comes next in the text. An element without content is an opening and a closing tag. */
export type XmlEvent =
  | { kind: 'open'; name: string; attributes: Readonly<Record<string, string>> }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const TOKEN =
  /<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|([^<]+)/y;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Everything in the text, in order. */
export function* readXml(text: string): Generator<XmlEvent, void> {
  const open: string[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) throw new Error(`XML that is not well formed: ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, closing, tag, attributes = '', empty, data, plain] = found;
    if (plain !== undefined || data !== undefined) {
      yield { kind: 'text', text: data ?? decode(plain ?? '') };
    } else if (tag !== undefined) {
      const name = localName(tag);
      if (!closing) {
        open.push(tag);
        yield { kind: 'open', name, attributes: readAttributes(attributes) };
      }
      if (closing || empty) {
        if (open.pop() !== tag) throw new Error(`XML in which </${tag}> closes another element`);
        yield { kind: 'close', name };
      }
    }
  }
  if (open.length > 0) throw new Error(`XML in which <${open.at(-1)}> is never closed`);
}

function readAttributes(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (text === '') return found;
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    found[localName(name)] = decode(double ?? single ?? '');
  }
  return found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decode(text: string): string {
  // XML reads every end of line as one character.
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!lines.includes('&')) return lines;
  return lines.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));|&/g, (whole, hex, decimal, name) => {
    if (hex || decimal) return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
    const character = ENTITIES[name];
    if (character === undefined) throw new Error(`XML with ${whole}, which stands for nothing`);
    return character;
  });
}

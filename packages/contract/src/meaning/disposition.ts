/** The file name in a header Content-Disposition (RFC 6266). */

/** The name that counts, and every one that is there. */
export interface Names {
  name: string | undefined;
  all: readonly string[];
}

/** Reads the names: `filename*` counts before `filename`. */
export function nameIn(header: string): Names {
  const extended = /;\s*filename\*\s*=\s*"?(?:UTF-8|ISO-8859-1)'[^']*'([^;"]*)/i.exec(header)?.[1];
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i.exec(header) ?? [];
  const plain = quoted?.replace(/\\(.)/g, '$1') ?? token;
  const all = [decoded(extended), plain === undefined ? undefined : inUtf8(plain)].filter(
    (name) => name !== undefined,
  );
  return { name: all[0], all };
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `fetch` reads each byte of a header as a character. */
function inUtf8(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

// What a spreadsheet takes for the beginning of a formula; the wide forms are those of Chinese and Japanese input.
const formula = '=+\\-@＝＋－＠';

/**
 * Before a formula at the beginning of the text, spaces or not. Also after a character that ends a cell or a line where the semicolon or
 * the tab separates: there, quotes that follow our comma are not at the beginning of a cell, and protect nothing.
 */
const dangerous = new RegExp(`^(?=[\\t\\r\\n])|(?<=^|[;\\t\\r\\n])(?= *[${formula}])`, 'g');

const firstOfFormula = new Uint8Array(128);
for (const first of '=+-@\t\r\n ') firstOfFormula[first.charCodeAt(0)] = 1;

/** The text with an apostrophe wherever a spreadsheet could read a formula, see https://owasp.org/www-community/attacks/CSV_Injection. */
export function withoutFormula(text: string): string {
  return text.replace(dangerous, "'");
}

/** Whether the text surely neither begins like a formula, nor begins or ends with a space. */
export function hasPlainEdges(text: string): boolean {
  const first = text.charCodeAt(0);
  // From U+FF00 on are the wide forms.
  return (first < 128 ? firstOfFormula[first] === 0 : first < 0xff00) && !text.endsWith(' ');
}

import pg from 'pg';

const [nothing, mark] = ['\0', '\x01'] as const;

/**
 * PostgreSQL keeps every character but U+0000. It is kept as U+0001 0, and U+0001 as U+0001 1: both are as rare as they are odd, and what is
 * equal stays equal.
 */
export function encoded(text: string): string {
  if (!text.includes(nothing) && !text.includes(mark)) return text;
  return text.replaceAll(mark, `${mark}1`).replaceAll(nothing, `${mark}0`);
}

/** The text as it was before it was {@link encoded}. */
export function decoded(text: string): string {
  if (!text.includes(mark)) return text;
  const [first, ...rest] = text.split(mark);
  // What follows a mark begins with its digit.
  return first + rest.map((piece) => (piece[0] === '0' ? nothing : mark) + piece.slice(1)).join('');
}

/** A value as it stands in a statement that takes no parameters, such as COPY, or several statements at once. */
export function literal(value: string | number): string {
  if (typeof value === 'string') return pg.escapeLiteral(encoded(value));
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number that a statement can have.`);
  return String(value);
}

/** A statement with its question marks replaced by values. The statement itself has no others. */
export function withLiterals(sql: string, values: readonly (string | number)[]): string {
  const rest = [...values];
  return sql.replace(/\?/g, () => literal(rest.shift()!));
}

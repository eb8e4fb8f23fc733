import stringWidth from 'string-width';
import type { Output } from './context.ts';

/**
 * Rows in columns, with headers. In a terminal, the last column is cut where a line would be too long; elsewhere nothing is.
 */
export function tableOf(headers: string[], rows: string[][], { isTTY, columns = 80 }: Output): string {
  const all = [headers, ...rows.map((row) => row.map(oneLine))];
  const widths = headers.map((_, index) => Math.max(...all.map((row) => stringWidth(row[index] ?? ''))));
  const lines = all.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat(Math.max(0, widths[index]! - stringWidth(cell))))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line) => (isTTY ? cut(line, columns) : line)).join('\n');
}

/** A cell may hold anything: a line break would break the table, and control characters the terminal. */
const oneLine = (cell: string) => cell.replace(/[\p{Cc}\p{Bidi_C}]+/gu, ' ');

/** As much of a line as fits. A Chinese character takes two columns. */
function cut(line: string, width: number): string {
  if (stringWidth(line) <= width) return line;
  let shown = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(shown + segment) > width - 1) break;
    shown += segment;
  }
  return `${shown}…`;
}

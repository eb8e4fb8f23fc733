import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns, type Row } from './columns.ts';
import { CsvEncoder } from './csv.ts';
import { csvOfCopy } from './csv-of-copy.ts';

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string) => text.replace(/[\\\t\n\r]/g, (char) => escapes[char]!);
const unescaped = (text: string) =>
  text.replace(/\\(.)/gs, (_, char: string) => ({ t: '\t', n: '\n', r: '\r' })[char] ?? char);

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const piece of pieces) copies.push(Buffer.from(piece));
  return Buffer.concat(copies);
}

async function encoded(rows: readonly Row[]): Promise<Buffer> {
  const copies: Buffer[] = [];
  const encoder = new CsvEncoder(async (bytes) => void copies.push(Buffer.from(bytes)), 'zh_CN');
  await encoder.writeRows(rows);
  await encoder.finish();
  return Buffer.concat(copies);
}

const cells = columns.map(({ field }) =>
  field === 'e2e_rtt'
    ? fc.option(fc.integer())
    : fc.oneof(
        fc.string({ unit: 'binary', maxLength: 9 }),
        fc.string({ unit: fc.constantFrom(...'=+-@;,"\'\\\t\r\n ＝＋－＠ｅ_aN李😀'), maxLength: 9 }),
        fc.constant(null),
      ),
);

test('the text of COPY becomes the file that the encoder makes of the rows, wherever the text is cut', async () => {
  const rows = fc.array(fc.tuple(...cells), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 200 }), async (rows, size) => {
      const lines = rows.map((row) =>
        row.map((value) => (value === null ? '' : escaped(String(value)))).join('\t'),
      );
      const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      async function* pieces() {
        for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
      }
      const counted = { rows: 0 };
      const made = await bytesOf(csvOfCopy(pieces(), 'zh_CN', unescaped, counted));
      expect(counted.rows).toBe(rows.length);
      expect(made.toString()).toBe((await encoded(rows)).toString());
    }),
    { numRuns: 500 },
  );
});

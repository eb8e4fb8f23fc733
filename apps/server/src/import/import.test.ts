import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ConnectionRecord } from '@connection-records/types';
import { expect, test } from 'vitest';
import { type BadLine, importRecords } from './import.ts';

const a = { transaction_id: 'a', connection_start_time: '2026-02-03T01:02:47Z' };
const b = { ...a, transaction_id: 'b', user_name: '张三@corp.example', e2e_rtt: 38, is_reconnect: true };

/** A store that only counts ids. */
function memory() {
  const batches: ConnectionRecord[][] = [];
  const ids = new Set<string | undefined>();
  const addRecords = async (_: string, records: readonly ConnectionRecord[]) => {
    const before = ids.size;
    for (const record of records) ids.add(record.transaction_id);
    batches.push([...records]);
    return ids.size - before;
  };
  return { addRecords, batches };
}

async function imported(...input: (string | Uint8Array)[]) {
  const store = memory();
  const bad: BadLine[] = [];
  const result = await importRecords(store, 'p1', Readable.from(input), {
    onBadLine: (line) => bad.push(line),
  });
  return { ...result, records: store.batches.flat(), lines: bad, batches: store.batches };
}
const json = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const reason = async (...input: (string | Uint8Array)[]) => (await imported(...input)).lines[0]?.reason;

test('JSON lines become records', async () => {
  const result = await imported(json(a, b));
  expect(result).toMatchObject({ added: 2, known: 0, bad: 0, records: [a, b] });
});

test('records that were there already are counted as known', async () => {
  expect(await imported(json(a, b, a))).toMatchObject({ added: 2, known: 1, bad: 0 });
});

test('blank lines, CRLF, a byte order mark and a missing last line break do no harm', async () => {
  const text = `\ufeff\r\n\n${JSON.stringify(a)}\r\n   \n${JSON.stringify(b)}`;
  const result = await imported(Buffer.from(text));
  expect(result).toMatchObject({ added: 2, bad: 0, records: [a, b] });
});

test('a text may be cut anywhere, even within a character', async () => {
  const bytes = Buffer.from(json(a, b));
  const result = await imported(...Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect(result.records).toEqual([a, b]);
});

test('nothing at all is an import of nothing', async () => {
  expect(await imported()).toMatchObject({ added: 0, known: 0, bad: 0 });
  expect(await imported(' \n')).toMatchObject({ added: 0, known: 0, bad: 0 });
});

test('many records are added in batches', async () => {
  const many = Array.from({ length: 12_500 }, (_, index) => ({ ...a, transaction_id: String(index) }));
  const { batches, added } = await imported(json(...many));
  expect(batches.map((batch) => batch.length)).toEqual([5000, 5000, 2500]);
  expect(added).toBe(12_500);
});

test('one batch is added at a time, and when that fails, none after it', async () => {
  const many = Array.from({ length: 12_500 }, (_, index) => ({ ...a, transaction_id: String(index) }));
  let begun = 0;
  const addRecords = async () => {
    begun++;
    await setImmediate();
    throw new Error('The store is away.');
  };
  const input = Readable.from([json(...many)]);
  await expect(importRecords({ addRecords }, 'p1', input)).rejects.toThrow('The store is away.');
  expect(begun).toBe(1);
});

test('bad lines are told with number and reason, and the good ones are kept', async () => {
  const result = await imported(json(a), '{"half\n', '\n', json([1], { ...a, e2e_rtt: 'fast' }, b));
  expect(result).toMatchObject({ added: 2, bad: 3, records: [a, b] });
  expect(result.lines).toEqual([
    { line: 2, reason: '"{\\"half" is not JSON; needed is one object on one line' },
    { line: 4, reason: 'the line is [1]; it must be object' },
    { line: 5, reason: 'e2e_rtt is "fast"; it must be integer' },
  ]);
});

test.each([
  [
    { ...a, connection_start_time: undefined },
    /^connection_start_time is missing; needed is a UTC time such as/,
  ],
  [{ ...a, connection_start_time: '' }, /^connection_start_time is ""; allowed is a date that exists/],
  [
    { ...a, connection_start_time: '2026-02-30T00:00:00Z' },
    /is "2026-02-30T00:00:00Z"; allowed is a date that exists/,
  ],
  [{ ...a, connection_end_time: '2026-13-01T00:00:00Z' }, /^connection_end_time is .* a date that exists/],
  [
    { ...a, connection_start_time: '2026-02-03 01:02' },
    /is "2026-02-03 01:02"; allowed is a UTC time such as/,
  ],
  [{ ...a, colour: 'red' }, /^"colour" is not a field of a record; allowed are tenantId, sid/],
  [{ ...a, e2e_rtt: 2 ** 31 }, /^e2e_rtt is 2147483648; it must match format "int32"/],
  [{ ...a, user_name: null }, /^user_name is null; it must be string/],
  [{ ...a, is_reconnect: 1, sid: 2 }, /^sid is 2; it must be string; is_reconnect is 1; it must be boolean/],
])('%j is refused with a reason', async (value, expected) => {
  expect(await reason(json(value))).toMatch(expected);
});

test('an empty time of a connection that never stood is allowed', async () => {
  expect(await imported(json({ ...a, connection_setup_time: '' }))).toMatchObject({ added: 1, bad: 0 });
});

test('a line that is longer than any record is refused, and the next one read', async () => {
  const long = json({ ...a, user_name: 'x'.repeat(1_200_000) });
  const result = await imported(long.slice(0, 1_100_000), long.slice(1_100_000), json(b));
  expect(result.lines).toEqual([
    { line: 1, reason: expect.stringContaining('more than 1000000 characters') },
  ]);
  expect(result.records).toEqual([b]);
});

test('a text in another encoding is refused rather than spoilt', async () => {
  const gbk = Buffer.concat([Buffer.from('{"user_name":"'), Buffer.of(0xd5, 0xc5), Buffer.from('"}\n')]);
  expect(await reason(gbk)).toMatch(/not UTF-8/);
});

test('CSV with the wire names becomes records: numbers and yes-no are converted, empty cells are missing', async () => {
  const header = 'transaction_id,connection_start_time,user_name,e2e_rtt,is_reconnect\r\n';
  const rows = 'a,2026-02-03T01:02:47Z,,,\r\nb,2026-02-03T01:02:47Z,张三@corp.example,38,TRUE\r\n';
  const result = await imported(`\ufeff${header}`, rows);
  expect(result).toMatchObject({ added: 2, bad: 0 });
  expect(result.records).toEqual([a, b]);
});

test('CSV cells may hold commas, quotes and line breaks, and lines are still counted right', async () => {
  const text = [
    'connection_start_time,connection_failure_reason',
    '2026-02-03T01:02:47Z,"a, ""b""\nc"',
    '',
    'never,"1\n2\n3"',
    'never,x',
    '2026-02-03T01:02:48Z,"=1"',
  ].join('\n');
  const result = await imported(text);
  expect(result.records.map((record) => record.connection_failure_reason)).toEqual(['a, "b"\nc', '=1']);
  expect(result.lines.map(({ line }) => line)).toEqual([5, 8]);
});

test.each([
  ['e2e_rtt', '1.5', 'e2e_rtt is "1.5"; it must be integer'],
  ['e2e_rtt', '12ms', 'e2e_rtt is "12ms"; it must be integer'],
  ['is_reconnect', 'yes', 'is_reconnect is "yes"; it must be boolean'],
])('a CSV cell %s with %s is refused with a reason', async (name, cell, expected) => {
  expect(await reason(`connection_start_time,${name}\n2026-02-03T01:02:47Z,${cell}\n`)).toBe(expected);
});

test('a CSV line with too few or too many cells is refused', async () => {
  const header = 'connection_start_time,sid\n';
  const result = await imported(
    header,
    '2026-02-03T01:02:47Z\n',
    '2026-02-03T01:02:47Z,a,b\n',
    '2026-02-03T01:02:47Z,c\n',
  );
  expect(result.lines).toEqual([
    { line: 2, reason: 'cells: 1; needed is one for each of the 2 names of the header' },
    { line: 3, reason: 'cells: 3; needed is one for each of the 2 names of the header' },
  ]);
  expect(result.added).toBe(1);
});

test('a CSV line with a stray quote is refused, and the others are kept', async () => {
  const header = 'connection_start_time,sid\n';
  const result = await imported(header, '2026-02-03T01:02:47Z,"a"b\n', '2026-02-03T01:02:47Z,c\n');
  expect(result.lines).toEqual([{ line: 2, reason: expect.stringMatching(/is not CSV: .*quote/i) }]);
  expect(result.records.map((record) => record.sid)).toEqual(['c']);
});

test('a CSV quote that is never closed is told where it was opened', async () => {
  const result = await imported(
    'connection_start_time,sid\n2026-02-03T01:02:47Z,a\n2026-02-03T01:02:47Z,"b\n',
    'x\n',
  );
  expect(result.lines).toEqual([{ line: 3, reason: expect.stringMatching(/is not CSV: Quote Not Closed/) }]);
  expect(result.added).toBe(1);
});

test.each([
  ['connection_start_time,color\n', /nothing was read: "color" is not a field of a record; allowed are/],
  ['sid,connection_start_time,sid\n', /nothing was read: it has sid twice/],
])('a CSV with the header %j is refused as a whole', async (header, expected) => {
  const result = await imported(header, '2026-02-03T01:02:47Z,a\n');
  expect(result).toMatchObject({
    added: 0,
    bad: 1,
    lines: [{ line: 1, reason: expect.stringMatching(expected) }],
  });
});

test.each([json(a), 'connection_start_time\n2026-02-03T01:02:47Z\n'])(
  'what the input fails with, the import fails with: %j',
  async (text) => {
    async function* failing() {
      yield text;
      throw new Error('The disk is gone.');
    }
    await expect(importRecords(memory(), 'p1', failing())).rejects.toThrow('The disk is gone.');
  },
);

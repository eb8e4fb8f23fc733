import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { downloadExport } from '../download.ts';
import { clientOf, taskId } from '../testing/service.ts';
import { zipOf } from '../testing/zip.ts';
import { type ConnectionRecord, type FileSource, type ReadOptions, readConnectionRecords } from './index.ts';

async function read(file: FileSource, options?: ReadOptions) {
  const records: ConnectionRecord[] = [];
  for await (const record of readConnectionRecords(file, options)) records.push(record);
  return records;
}
const utf8 = (text: string) => new TextEncoder().encode(text);
/** The bytes in pieces of so many. */
const streamOf = (bytes: Uint8Array, size: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
      controller.close();
    },
  });

const english = `\uFEFFConnected User,Desktop Name,Connection Started,Average Latency (ms),Reconnection,Connection Details\r
zhang3,JY011,2026-02-03T01:02:47Z,45,Yes,"said ""no"",\r\nthen left"\r
li4,,,,No,\r\n`;
const records = [
  {
    user_name: 'zhang3',
    computer_name: 'JY011',
    connection_start_time: '2026-02-03T01:02:47Z',
    e2e_rtt: 45,
    is_reconnect: true,
    connection_failure_reason: 'said "no",\r\nthen left',
  },
  { user_name: 'li4', is_reconnect: false },
];

describe('comma-separated text', () => {
  test('gives typed records, whatever the pieces in which it arrives', async () => {
    for (let size = 1; size < 40; size++) expect(await read(streamOf(utf8(english), size))).toEqual(records);
  });

  test('is read from bytes, a Blob, an iterable, and what downloadExport resolves to', async () => {
    const bytes = utf8(english);
    async function* pieces() {
      yield bytes;
    }
    const file = await downloadExport(clientOf([new Response(english)]).client, taskId);
    for (const source of [bytes, bytes.buffer, new Blob([bytes]), pieces(), file])
      expect(await read(source as FileSource)).toEqual(records);
  });

  test('may have Chinese headers, the names of the wire, other columns, and a title above them', async () => {
    const chinese =
      '连接记录\n连接用户,备注,平均时延（ms）,是否重连,客户端出口IP\n张三,x,12,是,1.2.3.4\n李四,y,,否,\n';
    expect(await read(utf8(chinese))).toEqual([
      { user_name: '张三', e2e_rtt: 12, is_reconnect: true, public_ip: '1.2.3.4' },
      { user_name: '李四', is_reconnect: false },
    ]);
    expect(await read(utf8('user_name;tenantId;network_rtt\na;t;7'))).toEqual([
      { user_name: 'a', tenantId: 't', network_rtt: 7 },
    ]);
  });

  test('may be in another encoding, which has to be said unless its beginning does', async () => {
    const gb = Uint8Array.from([0xc1, 0xac, 0xbd, 0xd3, 0xd3, 0xc3, 0xbb, 0xa7, 0x0a, 0xd5, 0xc5]);
    expect(await read(gb, { encoding: 'gb18030' })).toEqual([{ user_name: '张' }]);
    await expect(read(gb)).rejects.toThrow(
      "The text is not in utf-8. Give its encoding, as { encoding: 'gb18030' }.",
    );
    expect(await read(Buffer.from('\uFEFFConnected User\na\n', 'utf16le'))).toEqual([{ user_name: 'a' }]);
  });

  test('keeps an apostrophe before what could be a formula, but not before a number', async () => {
    const text = "Connected User,Average Latency (ms)\n'=HYPERLINK(1),'-5\n";
    expect(await read(utf8(text))).toEqual([{ user_name: "'=HYPERLINK(1)", e2e_rtt: -5 }]);
  });

  test('of any content comes back as it was written', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ';', '张', '𝄞', ' ') });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell)),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const text = ['user_name,sid', ...rows.map((row) => row.map(quote).join(','))].join('\r\n');
          const expected = rows
            .filter((row) => row.some(Boolean))
            .map(([user_name, sid]) => ({ ...(user_name && { user_name }), ...(sid && { sid }) }));
          expect(await read(streamOf(utf8(text), size))).toEqual(expected);
        },
      ),
    );
  });
});

/** A sheet as this project's server writes it. */
const sheet = (rows: string) =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="1"/></cols><sheetData>${rows}</sheetData><autoFilter ref="A1:B9"/></worksheet>`;
const inline = (place: string, text: string) =>
  `<c r="${place}" s="1" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
const header = `<row r="1">${inline('A1', 'Connected User')}${inline('B1', 'Average Latency (ms)')}${inline('C1', 'Connection Started')}</row>`;
const part = 'xl/worksheets/sheet1.xml';

describe('a workbook', () => {
  const rows = `<row r="2"><c r="A2" t="str"><v>a &lt;b&gt; &amp;amp; &#x5F20;_x000D_</v></c><c r="B2"><v>12</v></c></row><row r="3"/><row r="4"><c r="C4"><v>46056.5</v></c><c r="A4" t="e"><v>#REF!</v></c></row>`;
  const expected = [
    { user_name: 'a <b> &amp; 张\r', e2e_rtt: 12 },
    { connection_start_time: '2026-02-03T12:00:00Z' },
  ];

  test.each([
    { descriptors: true },
    { descriptors: false },
    { descriptors: true, packed: false },
    { descriptors: false, packed: false },
  ])('is read from front to back, whatever the pieces in which it arrives: %j', async (how) => {
    const file = zipOf({ '_rels/.rels': '<x/>', [part]: sheet(header + rows) }, how);
    for (const size of [1, 7, 64, 1_000_000]) expect(await read(streamOf(file, size))).toEqual(expected);
  });

  test('has the records of all its sheets that have some', async () => {
    const second = sheet(`${header}<row r="2">${inline('A2', 'b')}</row>`);
    const notes = sheet(`<row r="1">${inline('A1', 'Notes')}</row>`.repeat(40));
    const file = zipOf(
      {
        'xl/worksheets/sheet1.xml': notes,
        'xl/worksheets/sheet2.xml': second,
        'xl/worksheets/sheet3.xml': second,
      },
      { descriptors: true },
    );
    expect(await read(streamOf(file, 100))).toEqual([{ user_name: 'b' }, { user_name: 'b' }]);
  });

  test('may have prefixes, runs, and how they are read aloud', async () => {
    const run =
      '<x:is><x:r><x:t>李</x:t></x:r><x:r><x:t>四</x:t></x:r><x:rPh sb="0" eb="1"><x:t>li</x:t></x:rPh></x:is>';
    const rows = `<x:row><x:c t="inlineStr"><x:is><x:t>连接用户</x:t></x:is></x:c></x:row><x:row><x:c t="inlineStr">${run}</x:c></x:row>`;
    expect(
      await read(zipOf({ [part]: `<x:worksheet><x:sheetData>${rows}</x:sheetData></x:worksheet>` })),
    ).toEqual([{ user_name: '李四' }]);
  });

  test('that another program has saved is read as well, with its shared texts', async () => {
    const workbook = new ExcelJS.Workbook();
    const page = workbook.addWorksheet('连接记录');
    page.addRow(['连接用户', '平均时延(ms)', '是否重连', '开始连接时间']);
    for (let row = 0; row < 300; row++)
      page.addRow([`user ${row % 7}`, row, row % 2 ? '是' : '否', new Date('2026-02-03T01:02:47Z')]);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const found = await read(new Blob([bytes]));
    expect(found).toHaveLength(300);
    expect(found[9]).toEqual({
      user_name: 'user 2',
      e2e_rtt: 9,
      is_reconnect: true,
      connection_start_time: '2026-02-03T01:02:47Z',
    });
    expect(await read(bytes)).toEqual(found);
  });

  test('whose texts come after its sheets is read from a Blob, but not from a stream, which cannot be read twice', async () => {
    const shared = sheet(
      '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>',
    );
    const strings = '<sst><si><t>Connected User</t></si><si><t>zhang3</t></si></sst>';
    const file = zipOf({ [part]: shared, 'xl/sharedStrings.xml': strings });
    expect(await read(new Blob([new Uint8Array(file)]))).toEqual([{ user_name: 'zhang3' }]);
    await expect(read(streamOf(file, 1000))).rejects.toThrow('cannot be read from a stream. Give a Blob');
    const before = zipOf({ 'xl/sharedStrings.xml': strings, [part]: shared });
    expect(await read(streamOf(before, 1000))).toEqual([{ user_name: 'zhang3' }]);
  });

  test('is read without waiting for its end', async () => {
    const file = zipOf({ [part]: sheet(header + rows.repeat(5000)) }, { descriptors: true });
    let sent = 0;
    async function* pieces() {
      for (; sent < file.length; sent += 500) yield file.subarray(sent, sent + 500);
    }
    for await (const record of readConnectionRecords(pieces())) {
      expect(record).toEqual(expected[0]);
      break;
    }
    expect(sent).toBeLessThan(file.length);
  });
});

describe('a file that cannot be read is an error', () => {
  test.each<[string, Uint8Array, string]>([
    ['is empty', utf8(''), 'No column of connection records was found in an empty file.'],
    ['has other columns', utf8('Name,Size\nx,1\n'), 'was found, but "Name", "Size", "x", "1".'],
    ['is an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'an old or an encrypted workbook'],
    ['is another archive', zipOf({ 'a.txt': 'a' }), 'This archive is no workbook: it has no sheet.'],
    [
      'breaks off',
      zipOf({ [part]: sheet(header) }).subarray(0, 200),
      'The workbook breaks off, or is damaged.',
    ],
    [
      'breaks off before a descriptor',
      zipOf({ [part]: sheet(header) }, { descriptors: true }).subarray(0, 200),
      'The workbook breaks off',
    ],
    [
      'lacks a shared text',
      zipOf({ [part]: sheet('<row><c t="s"><v>9</v></c></row>'), 'xl/sharedStrings.xml': '<sst/>' }),
      'The workbook has no shared text 9.',
    ],
    ['is one endless row', utf8(`user_name\n"${'x'.repeat(17 << 20)}`), 'a row of more than 16 MB'],
  ])('if it %s', async (_, file, message) => {
    await expect(read(file)).rejects.toThrow(message);
    await expect(read(file)).rejects.toMatchObject({ name: 'ReadError' });
  });
});

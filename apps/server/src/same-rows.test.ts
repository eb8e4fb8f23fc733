// Two ways to the same records: the file of an export, and the pages of the list.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConnectionRecord,
  type ConnectionRecordFilters,
  type ConnectionRecordsClient,
  createClient,
  type ExportFilters,
  exportConnectionRecords,
  type Language,
  token,
  unwrap,
} from '@connection-records/client';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { readXlsx, test } from './files/files.testing.ts';
import { columns } from './files/index.ts';
import { seedRecords } from './seed/seed.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const day = 86_400_000;
const minute = 60_000;
const now = Math.floor(Date.now() / minute) * minute;

const timeTo = (length: number) => (time: number) => `${new Date(time).toISOString().slice(0, length)}Z`;
const toMinute = timeTo(16);
const toSecond = timeTo(19);

/** The filters that both operations have, in times that both can say: whole minutes. */
interface Wanted {
  from: number;
  to: number;
  rtt?: [least: number, most: number];
  same?: Pick<ExportFilters, 'user_name' | 'terminal_type' | 'public_ip' | 'enterprise_project_id'>;
}
const everything: Wanted = { from: now - 29.5 * day, to: now };
const week = { from: now - 9 * day, to: now - 2 * day };

const listed = ({ from, to, rtt: [least, most] = [] as never, same }: Wanted): ConnectionRecordFilters => ({
  ...same,
  start_time: toMinute(from),
  end_time: toMinute(to),
  ...(least !== undefined && { min_network_rtt: least, max_network_rtt: most }),
});
const exported = ({ from, to, rtt: [least, most] = [] as never, same }: Wanted): ExportFilters => ({
  ...same,
  start_time: toSecond(from),
  end_time: toSecond(to),
  ...(least !== undefined && { min_e2e_rtt: least, max_e2e_rtt: most }),
});

interface Subject {
  server: Server;
  client: ConnectionRecordsClient;
}

async function start(format: ServerOptions['format'] & string, rows: number): Promise<Subject> {
  const accounts = [{ name: 'reader', token: 'a-token', projects: ['*'], actions: ['*'] }];
  const server = await startServer({ accounts, format });
  await server.store.addRecords(projectId, [...seedRecords({ rows, projectId, seed: 1, now })]);
  const client = createClient({
    baseUrl: server.url,
    projectId,
    credentials: token('a-token'),
    // The client asks every few seconds; here nobody minds more questions.
    clock: { now: Date.now, sleep: async (_, signal) => void (await sleep(25, undefined, { signal })) },
  });
  return { server, client };
}

/** All pages of the list. */
async function listAll({ operations }: ConnectionRecordsClient, wanted: Wanted): Promise<ConnectionRecord[]> {
  const all: ConnectionRecord[] = [];
  for (;;) {
    const page = { limit: 1000, offset: all.length };
    const { records, total_count } = unwrap(
      await operations.listConnectionRecords({ ...listed(wanted), ...page }),
    );
    all.push(...records);
    if (all.length >= total_count || records.length === 0) {
      expect(all).toHaveLength(total_count);
      return all;
    }
  }
}

async function exportTo(
  client: ConnectionRecordsClient,
  wanted: Wanted,
  language: Language,
): Promise<Buffer> {
  const file = await exportConnectionRecords(client, { ...exported(wanted), language });
  return Buffer.from(await new Response(file.stream).bytes());
}

const yesAndNo = { en_US: ['Yes', 'No'], zh_CN: ['是', '否'] } as const;

/** The table that the records make, written down once more from the specification: all cells as text. */
function tableOf(records: readonly ConnectionRecord[], language: Language): string[][] {
  const [yes, no] = yesAndNo[language];
  const cell = (value: ConnectionRecord[keyof ConnectionRecord]) => {
    if (typeof value === 'boolean') return value ? yes : no;
    return String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  };
  return [
    columns.map((column) => column[language]),
    ...records.map((record) => columns.map(({ field }) => cell(record[field]))),
  ];
}

/** The first row that differs says more than a comparison of two million cells, and sooner. */
function expectSame(actual: readonly (string | number)[][], expected: string[][]) {
  const text = (row: readonly (string | number)[] | undefined) => JSON.stringify(row?.map(String));
  const first = expected.findIndex((row, index) => text(actual[index]) !== text(row));
  if (first >= 0) expect({ first, row: actual[first]?.map(String) }).toEqual({ first, row: expected[first] });
  expect(actual).toHaveLength(expected.length);
}

describe('of 100,000 records, an export as CSV has the rows of the list', () => {
  let subject: Subject;
  let all: ConnectionRecord[];
  beforeAll(async () => {
    subject = await start('csv', 100_000);
    all = await listAll(subject.client, everything);
  }, 60_000);
  afterAll(() => subject?.server.close());

  test.for(['en_US', 'zh_CN'] as const)('in the language %s', async (language) => {
    const file = await exportTo(subject.client, everything, language);
    expect(all.length).toBeGreaterThan(95_000);
    expectSame(parse(file, { bom: true }), tableOf(all, language));
  });

  const narrow: [string, (sample: ConnectionRecord) => Partial<Wanted>][] = [
    [
      'a part of the terminal type in another case',
      () => ({ ...week, same: { terminal_type: 'wINDOWS 1' } }),
    ],
    ['a terminal type in Chinese', () => ({ same: { terminal_type: '统信' } })],
    ['a user', ({ user_name }) => ({ same: { user_name: user_name! } })],
    ['an egress address', ({ public_ip }) => ({ same: { public_ip: public_ip! } })],
    ['latencies from 40 to 80 ms', () => ({ ...week, rtt: [40, 80] })],
    ['a window of six hours and a minute', () => ({ from: now - 10 * day, to: now - 9.75 * day + minute })],
    ['the default enterprise project', () => ({ ...week, same: { enterprise_project_id: '0' } })],
    [
      'another enterprise project',
      () => ({ same: { enterprise_project_id: 'b2f6a9d4-08c3-4e7b-a5d1-9e8f7c6b5a40' } }),
    ],
    [
      'several filters at once',
      () => ({
        from: now - 20 * day,
        rtt: [0, 100],
        same: { terminal_type: 'mac', enterprise_project_id: '0' },
      }),
    ],
  ];
  test.for(narrow)('for %s', async ([, narrowed]) => {
    const wanted = { ...everything, ...narrowed(all[all.length >> 1]!) };
    const records = await listAll(subject.client, wanted);
    expect(records.length).toBeGreaterThan(0);
    expect(records.length).toBeLessThan(all.length);
    const file = await exportTo(subject.client, wanted, 'en_US');
    expectSame(parse(file, { bom: true }), tableOf(records, 'en_US'));
  });

  test('for nobody, none but the header', async () => {
    const wanted = { ...everything, same: { user_name: 'nobody@nowhere.example' } };
    expect(await listAll(subject.client, wanted)).toEqual([]);
    const file = await exportTo(subject.client, wanted, 'zh_CN');
    expectSame(parse(file, { bom: true }), tableOf([], 'zh_CN'));
  });

  test('for two windows that adjoin: those of the one around them, none lost and none twice', async () => {
    const middle = now - 12 * day;
    const halves = [
      { ...everything, to: middle },
      { ...everything, from: middle },
    ];
    const tables = await Promise.all(
      halves.map(
        async (half) => parse(await exportTo(subject.client, half, 'en_US'), { bom: true }) as string[][],
      ),
    );
    const [first, second] = tables as [string[][], string[][]];
    expectSame([...first, ...second.slice(1)], tableOf(all, 'en_US'));
  });
});

describe('of 5,000 records, a workbook has the rows of the list', () => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await start('xlsx', 5000);
  });
  afterAll(() => subject?.server.close());

  test.for(['en_US', 'zh_CN'] as const)('in the language %s', async (language, { folder }) => {
    const path = join(folder, 'file.xlsx');
    await writeFile(path, await exportTo(subject.client, everything, language));
    const [sheet] = await readXlsx(path);
    expectSame(sheet!.rows, tableOf(await listAll(subject.client, everything), language));
  });
});

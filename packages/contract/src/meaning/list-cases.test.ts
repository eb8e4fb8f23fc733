/** The list's cases against lists that are right, and that have one defect each. */
import { expect, it } from 'vitest';
import { attempt } from '../attempt.ts';
import type { Ask } from '../request.ts';
import { noFindings } from '../trial.ts';
import { createWorld } from '../world.ts';
import { listCases } from './list-cases.ts';
import { pagingCases } from './paging-cases.ts';
import { recordCases } from './record-cases.ts';
import type { Row } from './rows.ts';

const NOW = Date.parse('2026-02-10T09:30:00Z');
const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const RECORDS: Row[] = Array.from({ length: 90 }, (_, index) => {
  const start = NOW - 90 * 3_600_000 + index * 3_570_000;
  return {
    transaction_id: `t${index}`,
    user_name: ['ann', 'ann@corp', '李四@corp'][index % 3],
    computer_name: `DESK-${index % 4}`,
    terminal_type: ['Windows 10', 'Windows 11', 'macOS 15'][index % 4 === 0 ? 0 : index % 3],
    public_ip: `203.0.113.${index % 12}`,
    enterprise_project_id: ['0', 'a1b2'][index % 2],
    connection_start_time: time(index === 45 ? Math.floor(start / 60_000) * 60_000 : start),
    ...(index % 7 === 0 ? {} : { e2e_rtt: 20 + index, network_rtt: 10 + index }),
  };
});

type Query = Record<string, string>;
type Matches = (row: Row, query: Query) => boolean;
interface List {
  matches: Matches;
  page: (rows: Row[], query: Query) => Row[];
}

const RIGHT: List = {
  matches: (row, query) => {
    const start = Date.parse(String(row.connection_start_time));
    const rtt = row.e2e_rtt as number | undefined;
    const { start_time, end_time, terminal_type = '', min_network_rtt: min, max_network_rtt: max } = query;
    return (
      ['user_name', 'computer_name', 'public_ip', 'enterprise_project_id'].every(
        (name) => query[name] === undefined || row[name] === query[name],
      ) &&
      String(row.terminal_type).toLowerCase().includes(terminal_type.toLowerCase()) &&
      (min === undefined || (rtt !== undefined && rtt >= Number(min))) &&
      (max === undefined || (rtt !== undefined && rtt <= Number(max))) &&
      (start_time === undefined || start >= Date.parse(start_time)) &&
      (end_time === undefined || start < Date.parse(end_time))
    );
  },
  page: (rows, { offset = '0', limit = '20' }) => rows.slice(Number(offset), Number(offset) + Number(limit)),
};

/** The titles of the cases that fail. */
async function failing(list: List): Promise<string[]> {
  const ask = async ({ query = {} }: Ask) => {
    const rows = RECORDS.filter((row) => list.matches(row, query as Query));
    const body = JSON.stringify({ records: list.page(rows, query as Query), total_count: rows.length });
    const headers = new Headers({ 'Content-Type': 'application/json', 'X-Request-Id': 'r' });
    return { curl: 'curl', answer: { status: 200, headers, bytes: new TextEncoder().encode(body) } };
  };
  const settings = {
    ...{ baseUrl: 'http://any', projectId: 'p', examples: false, absent: {}, timeout: 1, patience: 1 },
    ...({ basis: 'all', polite: false, sandbox: false, runs: 1, seed: 1 } as const),
  };
  const world = createWorld(settings, ask, { now: () => NOW, pause: async () => {} });
  const titles: string[] = [];
  for (const run of [...pagingCases(), ...recordCases(), ...listCases()]) {
    const verdict = await attempt({ ...run, run }, world, noFindings(), (text) => text);
    if (verdict.outcome === 'failed') titles.push(run.title);
    // Nothing here is such that a case could not be tried, unless another one fails.
    if (verdict.outcome === 'skipped' && list === RIGHT) titles.push(`${run.title}: ${verdict.reason}`);
  }
  return titles;
}

const other = (query: Query, changes: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries({ ...query, ...changes }).filter(([, value]) => value !== undefined),
  ) as Query;
const matching = (change: (query: Query, row: Row) => Query): List => ({
  ...RIGHT,
  matches: (row, query) => RIGHT.matches(row, change(query, row)),
});
const paging = (page: List['page']): List => ({ ...RIGHT, page });

it('a list that is right passes every case', async () => {
  expect(await failing(RIGHT)).toEqual([]);
});

it.each<[string, List, string]>([
  [
    'a filter that is ignored',
    matching((query) => other(query, { computer_name: undefined })),
    'computer_name finds the records of that desktop, and no others',
  ],
  [
    'a filter that is fuzzy',
    {
      ...RIGHT,
      matches: (row, query) =>
        RIGHT.matches(row, other(query, { user_name: undefined })) &&
        String(row.user_name).startsWith(query.user_name ?? ''),
    },
    'user_name finds the records of that user, and no others',
  ],
  [
    'a lower bound that is exclusive',
    matching((query, row) =>
      query.min_network_rtt === String(row.e2e_rtt) ? other(query, { min_network_rtt: '10000' }) : query,
    ),
    'min_network_rtt is inclusive: a latency of exactly that many milliseconds is found',
  ],
  [
    '0 for no latency',
    { ...RIGHT, matches: (row, query) => RIGHT.matches({ e2e_rtt: 0, ...row }, query) },
    'min_network_rtt and max_network_rtt leave out records without a measured latency',
  ],
  [
    'case that matters in a terminal type',
    {
      ...RIGHT,
      matches: (row, query) =>
        RIGHT.matches(row, query) && String(row.terminal_type).includes(query.terminal_type ?? ''),
    },
    'terminal_type ignores upper and lower case',
  ],
  [
    'an end that is inclusive',
    {
      ...RIGHT,
      matches: (row, query) =>
        RIGHT.matches(row, other(query, { end_time: undefined })) &&
        Date.parse(String(row.connection_start_time)) <= Date.parse(query.end_time ?? '9999'),
    },
    'end_time is exclusive: a connection that began at it is not listed',
  ],
  [
    'another latency than it says',
    { ...RIGHT, matches: (row, query) => RIGHT.matches({ ...row, e2e_rtt: row.network_rtt }, query) },
    'min_network_rtt and max_network_rtt mean e2e_rtt',
  ],
  [
    'pages that repeat a record',
    paging((rows, query) =>
      RIGHT.page(rows, other(query, { offset: String(Math.max(0, Number(query.offset ?? 0) - 1)) })),
    ),
    'pages neither lose nor repeat a record',
  ],
  [
    'no page from the fiftieth record on',
    paging((rows, query) =>
      Number(query.offset ?? 0) >= 50 && rows.length > 60 ? [] : RIGHT.page(rows, query),
    ),
    'pages far into the list have the records of that place',
  ],
  [
    'another limit where it is left out',
    paging((rows, query) => RIGHT.page(rows, { limit: '10', ...query })),
    'limit is 20 where it is left out',
  ],
  [
    'a limit that gives one more',
    paging((rows, query) =>
      RIGHT.page(rows, other(query, { limit: query.limit && String(Number(query.limit) + 1) })),
    ),
    'limit is the most records of a page, and all of them are used',
  ],
])('a list with %s fails in the case that names it', async (_, list, title) => {
  const titles = await failing(list);
  expect(titles).toContain(title);
  expect(titles.length).toBeLessThanOrEqual(4);
});

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readConnectionRecords } from '@connection-records/client/read';
import type { Server } from '@connection-records/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { command, serve, variables, withFault } from './testing/command.ts';

let server: Server;
let csvServer: Server;
let env: ReturnType<typeof variables>;
let folder: string;
beforeAll(async () => {
  [server, csvServer] = await Promise.all([serve(), serve({ format: 'csv' })]);
  env = variables(server);
});
afterAll(() => Promise.all([server.close(), csvServer.close()]));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const rowsOf = async (path: string) => {
  const rows = [];
  for await (const row of readConnectionRecords(await readFile(path))) rows.push(row);
  return rows;
};
const taskIn = (stderr: string) => /Export (\w{32})/.exec(stderr)![1]!;

describe('export', () => {
  test('brings a checked file to its place and prints one line with rows, size and path', async () => {
    const args = ['export', '--from', '7d', '--to', 'now', '--language', 'zh_CN', '--out', at('week.xlsx')];
    const { code, stdout, stderr } = await command(args, env);
    const rows = await rowsOf(at('week.xlsx'));
    expect(stdout).toMatch(new RegExp(`^${rows.length} records, [\\d.]+ kB, ${at('week.xlsx')}\n$`));
    expect(stderr).toMatch(
      /^Starting the export\nExport \w{32}\n(CREATING, .*\n)?SUCCESS, \d+ s, asked \d+ times?\n(Downloading: .*\n)+$/,
    );
    expect(await readdir(folder)).toEqual(['week.xlsx']);
    expect(code).toBe(0);
  });

  test('asks for what the options say', async () => {
    let query: URLSearchParams | undefined;
    const fetched = (request: Request) => {
      if (request.url.includes('/connections/export')) query = new URL(request.url).searchParams;
      return fetch(request);
    };
    const filters =
      '--user zhang3 --computer DESK-0001 --terminal Windows --public-ip 203.0.113.9 --enterprise-project 0 --min-rtt 5 --max-rtt 50 --domain corp.example';
    const from = new Date(Date.now() - 86_400_000).toISOString().replace('Z', '+00:00');
    const args = ['export', '--from', from, ...filters.split(' '), '--out', folder];
    expect((await command(args, env, { fetch: fetched })).code).toBe(0);
    expect(Object.fromEntries(query!)).toEqual({
      start_time: `${from.slice(0, 19)}Z`,
      user_name: 'zhang3',
      computer_name: 'DESK-0001',
      terminal_type: 'Windows',
      public_ip: '203.0.113.9',
      enterprise_project_id: '0',
      min_e2e_rtt: '5',
      max_e2e_rtt: '50',
      domain: 'corp.example',
    });
  });

  test('prints one object with --json, and nothing on standard error with --quiet', async () => {
    const args = ['export', '--out', at('all.csv'), '--json', '--quiet'];
    const { stdout, stderr } = await command(args, env);
    expect(JSON.parse(stdout)).toEqual({
      taskId: expect.stringMatching(/^\w{32}$/),
      path: at('all.csv'),
      format: 'csv',
      rows: 2000,
      bytes: expect.any(Number),
      verified: true,
    });
    expect(stderr).toBe('');
  });

  test('gives the file the name of the export in a folder', async () => {
    const { stdout } = await command(['export', '--out', folder, '--format', 'ndjson'], env);
    const [name] = await readdir(folder);
    expect(name).toMatch(/^connection-records-\d+\.ndjson$/);
    expect(stdout).toContain(`2,000 records, `);
    expect(stdout).toContain(name);
  });

  test.each([
    ['xlsx', 'csv'],
    ['xlsx', 'ndjson'],
    ['csv', 'xlsx'],
    ['csv', 'ndjson'],
  ] as const)('converts %s into %s without changing a record', async (from, to) => {
    const target = variables(from === 'csv' ? csvServer : server);
    await command(['export', '--out', at(`raw.${from}`)], target);
    const { stdout, stderr } = await command(['export', '--out', at(`made.${to}`)], target);
    expect(stdout).toContain('2,000 records');
    expect(stderr).toContain(`Converting to ${to}\n`);
    const lines = async () => (await readFile(at('made.ndjson'), 'utf8')).trimEnd().split('\n');
    const made =
      to === 'ndjson' ? (await lines()).map((line) => JSON.parse(line)) : await rowsOf(at(`made.${to}`));
    // What could be a formula has an apostrophe before it in CSV.
    const plain = (rows: object[]) => JSON.parse(JSON.stringify(rows).replaceAll(/"'(?=[=+@-])/g, '"'));
    expect(plain(made)).toEqual(plain(await rowsOf(at(`raw.${from}`))));
  });

  test('keeps a file as it came, byte for byte, where nothing is to be converted', async () => {
    await command(
      ['export', '--from', '9d', '--language', 'zh_CN', '--out', at('a.csv')],
      variables(csvServer),
    );
    expect(await readFile(at('a.csv'), 'utf8')).toMatch(/^\uFEFF连接用户,/);
  });

  test('makes no formula of what users chose', async () => {
    await command(['export', '--out', at('a.csv')], env);
    const text = await readFile(at('a.csv'), 'utf8');
    expect(text).toContain(",'=ERROR(0x80070005),");
    expect(text).not.toMatch(/,[=+@-]/);
  });

  test('writes the file alone to standard output with --out -', async () => {
    const { stdout, stderr } = await command(['export', '--out', '-', '--format', 'ndjson'], env);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2000);
    expect(stderr).toMatch(/\n2,000 records, [\d.]+ MB\n$/);
  });

  test('goes on with a download that broke off', async () => {
    const broken = withFault('/download', 'cut=9000', 1);
    const { code, stderr } = await command(['export', '--out', at('a.xlsx')], env, { fetch: broken });
    expect(stderr).toContain('The download broke off. Going on with it in 1 s.\n');
    expect(code).toBe(0);
    expect(await rowsOf(at('a.xlsx'))).toHaveLength(2000);
  });

  test('picks up an earlier task', async () => {
    const { stderr } = await command(['export', '--out', at('a.xlsx')], env);
    const { code } = await command(['export', '--resume', taskIn(stderr), '--out', at('b.xlsx')], env);
    expect(code).toBe(0);
    expect(await readFile(at('b.xlsx'))).toEqual(await readFile(at('a.xlsx')));
  });

  test('soon says that there is no task with a mistyped id', async () => {
    let asked = 0;
    const fetched = (request: Request) => {
      if (request.url.includes('task_id=')) asked++;
      return fetch(request);
    };
    const { code, stderr } = await command(['export', '--resume', 'mistyped'], env, { fetch: fetched });
    expect(stderr).toContain('is in no list of tasks. Check the id and the project.\nSee which there are:');
    expect(code).toBe(1);
    // Two polls, each of which looks among the tasks that were downloaded, too.
    expect(asked).toBe(4);
  });

  test('ends with 1 where the task failed, and says why and what to do', async () => {
    const fetched = withFault('/connections/export', 'fail');
    const { code, stdout, stderr } = await command(['export', '--json'], env, { fetch: fetched });
    expect(code).toBe(1);
    expect(stderr).toMatch(/connection-records: Export \w{32} failed: .+\nStart the export again/);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'EXPORT_FAIL', exitCode: 1 } });
  });

  test('ends with 1 where it is not done in time, and prints how to pick it up', async () => {
    const fetched = withFault('/connections/export', 'slow=60');
    const args = [
      'export',
      '--timeout',
      '0s',
      '--out',
      at("it's.csv"),
      '--project-id',
      env.HUAWEICLOUD_SDK_PROJECT_ID,
    ];
    const { code, stderr } = await command(args, env, { fetch: fetched });
    expect(code).toBe(1);
    const id = taskIn(stderr);
    expect(stderr).toContain(
      `connection-records: Export ${id} is not done yet.\nPick it up again: connection-records export --resume ${id} --out '${at("it'\\''s.csv")}' --project-id`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves the whole file or none, whichever of its steps is interrupted', async () => {
    const codes: number[] = [];
    for (let step = 0; codes.at(-1) !== 0; step++) {
      const controller = new AbortController();
      let line = 0;
      const stderr = new Writable({
        write(_text, _encoding, done) {
          if (line++ === step) controller.abort();
          done();
        },
      });
      const args = ['export', '--out', at('a.ndjson'), '--json'];
      const { code, stdout } = await command(args, env, { stderr, signal: controller.signal });
      codes.push(code);
      expect(await readdir(folder)).toEqual(code === 0 ? ['a.ndjson'] : []);
      expect(Object.keys(JSON.parse(stdout))).toContain(code === 0 ? 'rows' : 'error');
    }
    // The start, the task, a poll or two, the download, the conversion.
    expect(codes.slice(0, -1)).toEqual(codes.slice(0, -1).map(() => 130));
    expect(codes.length).toBeGreaterThan(5);
  });

  test('tells in one live line of a terminal how it is coming along', async () => {
    const args = ['export', '--out', at('a.csv')];
    const { code, stdout, stderr } = await command(args, env, { isTerminal: true });
    expect(stderr).toMatch(/Starting the export[\s\S]*Export \w{32}\n/);
    // A frame every 80 ms: what is quicker than that is not seen. In the end the cursor is back.
    expect(stderr).toMatch(/\[\?25l[\s\S]*Converting to csv[\s\S]*\[\?25h$/);
    expect(stdout).toMatch(/^2,000 records, /);
    expect(code).toBe(0);
  });

  test('is interrupted while it waits or downloads, keeps what was there, and prints how to pick it up', async () => {
    await writeFile(at('a.csv'), 'old');
    for (const part of ['/export-tasks?', '/download']) {
      const controller = new AbortController();
      const fetched = (request: Request) => {
        if (request.url.includes(part)) queueMicrotask(() => controller.abort(new Error('Ctrl-C')));
        return fetch(request);
      };
      const context = { fetch: fetched, signal: controller.signal };
      const { code, stdout, stderr } = await command(
        ['export', '--out', at('a.csv'), '--json'],
        env,
        context,
      );
      expect(code).toBe(130);
      const resume = `connection-records export --resume ${taskIn(stderr)} --out ${at('a.csv')}`;
      expect(stderr).toContain(`connection-records: Interrupted.\nPick it up again: ${resume}\n`);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INTERRUPTED', resume, exitCode: 130 } });
    }
    expect(await readdir(folder)).toEqual(['a.csv']);
    expect(await readFile(at('a.csv'), 'utf8')).toBe('old');
  });

  test('a folder with the name of a file is a folder', async () => {
    await mkdir(at('a.xlsx'));
    expect((await command(['export', '--out', at('a.xlsx')], env)).code).toBe(0);
    expect(await readdir(at('a.xlsx'))).toEqual([expect.stringMatching(/\.xlsx$/)]);
  });
});

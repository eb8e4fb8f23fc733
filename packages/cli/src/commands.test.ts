import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '@connection-records/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, serve, variables, withFault } from './testing/command.ts';

let server: Server;
let env: ReturnType<typeof variables>;
let folder: string;
beforeAll(async () => {
  server = await serve();
  env = variables(server);
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const exported = async (...args: string[]) => {
  const outcome = await command(['export', '--out', join(folder, 'a.xlsx'), '--json', ...args], env);
  return JSON.parse(outcome.stdout).taskId as string;
};

describe('tasks', () => {
  test('lists them, the newest first, as a table or as an object', async () => {
    expect((await command(['tasks', 'list'], env)).stdout).toBe('There are no export tasks.\n');
    const [first, second] = [await exported(), await exported()];
    const { stdout } = await command(['tasks', 'list'], env);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['TASK', 'STATUS', 'CREATED (UTC)', 'FILE'],
      [
        second,
        'SUCCESS',
        expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
        expect.stringMatching(/\.xlsx$/),
      ],
      [first, 'SUCCESS', expect.anything(), expect.anything()],
      [''],
    ]);
    const json = JSON.parse((await command(['tasks', 'list', '--json', '--limit', '1'], env)).stdout);
    expect(json).toMatchObject({ total: 2, tasks: [{ task_id: second, is_download: true }] });
    const none = await command(['tasks', 'list', '--status', 'FAIL'], env);
    expect(none.stdout).toBe('There are no export tasks.\n');
  });

  test('says how many more there are', async () => {
    const { stderr } = await command(['tasks', 'list', '--limit', '1'], env);
    expect(stderr).toBe('The first 1 of 2 tasks. Give --limit for more.\n');
  });

  test('downloads the file of one that is done', async () => {
    const id = await exported();
    const out = join(folder, 'b.csv');
    const { code, stdout } = await command(['tasks', 'download', id, '--out', out], env);
    expect(stdout).toMatch(/^2,000 records, .* kB, .*b\.csv\n$/);
    expect(code).toBe(0);
  });

  test('does not wait for one that is not done, and says which command does', async () => {
    const slow = withFault('/connections/export', 'slow=60');
    const started = await command(['export', '--timeout', '0s', '--json'], env, { fetch: slow });
    const { taskId } = JSON.parse(started.stdout).error;
    const { code, stderr } = await command(['tasks', 'download', taskId], env);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `connection-records: Export ${taskId} is not done yet.\nPick it up again: connection-records export --resume ${taskId}\n`,
    );
  });

  test('has no file for one that is not there', async () => {
    const { code, stderr } = await command(['tasks', 'download', 'unknown'], env);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'connection-records: There is no task unknown.\nSee which there are: connection-records tasks list\n',
    );
  });

  test('deletes as many as are given, and each one once', async () => {
    const ids = [await exported(), await exported()];
    const deleted = await command(['tasks', 'delete', ...ids, ids[0]!, '--json'], env);
    expect(JSON.parse(deleted.stdout)).toEqual({ deleted: ids });
    const { tasks } = JSON.parse((await command(['tasks', 'list', '--json'], env)).stdout);
    expect(tasks.map(({ task_id }: { task_id: string }) => task_id)).not.toContain(ids[0]);
    expect((await command(['tasks', 'delete'], env)).code).toBe(2);
  });
});

describe('records', () => {
  test('lists them as a table', async () => {
    const { stdout, stderr } = await command(['records', 'list', '--limit', '5'], env);
    const [header, ...lines] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^STARTED \(UTC\) {2,}USER {2,}DESKTOP {2,}LASTED {2,}RTT {2,}FROM$/);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d {2}\S+@\S+ +DESK-\d+ {2,}(failed|\d+:\d\d:\d\d) {2,}/,
    );
    expect(stderr).toBe('The first 5 of 2,000 records. Give --limit for more.\n');
  });

  test('lists more than a page, and as many as are asked for', async () => {
    const { stdout } = await command(['records', 'list', '--limit', '1500', '--json'], env);
    const { total, records } = JSON.parse(stdout);
    expect(total).toBe(2000);
    expect(new Set(records.map(JSON.stringify)).size).toBe(1500);
  });

  test('asks for both sides of a window, to the minute, even if one is given', async () => {
    let query = new URLSearchParams();
    const fetched = (request: Request) => {
      query = new URL(request.url).searchParams;
      return fetch(request);
    };
    const args = ['records', 'list', '--from', '9d', '--user', 'zhang3', '--min-rtt', '1', '--max-rtt', '99'];
    expect((await command(args, env, { fetch: fetched })).stdout).toBe('There are no such records.\n');
    expect(Object.fromEntries(query)).toMatchObject({
      user_name: 'zhang3',
      min_network_rtt: '1',
      max_network_rtt: '99',
    });
    for (const name of ['start_time', 'end_time'])
      expect(query.get(name)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
  });
});

describe('who calls', () => {
  const key = {
    CONNECTION_RECORDS_AUTH_TOKEN: '',
    HUAWEICLOUD_SDK_AK: 'AN-ACCESS-KEY',
    HUAWEICLOUD_SDK_SK: 'its-secret',
  };

  test('may have a key in the environment', async () => {
    expect((await command(['tasks', 'list'], { ...env, ...key })).code).toBe(0);
  });

  test.each([
    [
      'a token that is not accepted',
      { CONNECTION_RECORDS_AUTH_TOKEN: 'old' },
      /does not accept the credentials: .*APIGW\.0307.*\nGet a new token/,
    ],
    [
      'a secret that is wrong',
      { ...key, HUAWEICLOUD_SDK_SK: 'wrong' },
      /does not accept the credentials: .*APIGW\.0301/,
    ],
    [
      'another project',
      { CONNECTION_RECORDS_AUTH_TOKEN: 'another-token' },
      /does not allow this: .*\nCheck the project \(--project-id\) and the region\. Ask for the permission workspace:tenants:listExportTasks\./,
    ],
    [
      'no credentials',
      { CONNECTION_RECORDS_AUTH_TOKEN: '' },
      /Credentials are missing\. Set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or: \/nowhere\/credentials cannot be read \(ENOENT\)[\s\S]*connection-records configure/,
    ],
  ])('ends with 3 and advice for %s', async (_, variables, message) => {
    const { code, stdout, stderr } = await command(['tasks', 'list', '--json'], { ...env, ...variables });
    expect(stderr).toMatch(message);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).error).toMatchObject({ exitCode: 3 });
  });

  test.each([
    ['CONNECTION_RECORDS_BASE_URL', /It is not known where your desktops are\.\nGive --region/],
    ['HUAWEICLOUD_SDK_PROJECT_ID', /The project is not known\.\nGive --project-id/],
  ])('ends with 2 without %s', async (name, message) => {
    const { code, stderr } = await command(['tasks', 'list'], { ...env, [name]: '' });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('a service that cannot be reached', () => {
  test('is told with the reason', async () => {
    const fetched = () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) }),
      );
    const { code, stderr } = await command(['tasks', 'list'], env, { fetch: fetched });
    expect(stderr).toBe(
      'connection-records: The service cannot be reached: there is no such host.\nCheck --region or --base-url and the network, or run: connection-records doctor\n',
    );
    expect(code).toBe(1);
  });
});

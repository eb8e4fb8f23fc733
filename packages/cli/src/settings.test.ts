import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '@connection-records/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, projectId, serve, variables, withFault } from './testing/command.ts';

let server: Server;
let env: ReturnType<typeof variables>;
let folder: string;
beforeAll(async () => {
  server = await serve({}, 1);
  env = variables(server);
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('configure', () => {
  const answers = (...given: string[]) => {
    const asked: string[] = [];
    const next = async (message: string, check: (text: string) => string | undefined) => {
      asked.push(message);
      const answer = given.shift()!;
      expect(check(answer)).toBeUndefined();
      return answer;
    };
    return {
      asked,
      text: (message: string, _: string, check: (text: string) => string | undefined) => next(message, check),
      secret: next,
    };
  };
  const configured = async (file: string, ...given: string[]) => {
    const prompts = answers(...given);
    return {
      ...(await command(['configure'], { ...env, HUAWEICLOUD_SDK_CREDENTIALS_FILE: file }, { prompts })),
      prompts,
    };
  };

  test('writes a file with which the other commands work', async () => {
    const file = join(folder, 'profile', 'credentials');
    const { stdout } = await configured(file, 'AN-ACCESS-KEY', 'its-secret', projectId, server.url);
    expect(stdout).toBe(`Wrote ${file}. Try it: connection-records doctor\n`);
    expect(await readFile(file, 'utf8')).toBe(
      `[basic]\nak = AN-ACCESS-KEY\nsk = its-secret\nproject_id = ${projectId}\n\n[connection-records]\nbase_url = ${server.url}\n`,
    );
    expect((await command(['doctor'], { HUAWEICLOUD_SDK_CREDENTIALS_FILE: file })).stdout).toContain(
      `a key from ${file}`,
    );
  });

  test('keeps the secret and the rest of the file where nothing else is said', async () => {
    const file = join(folder, 'kept');
    await writeFile(file, '[global]\nak = g\n[basic]\nak = a\nsk = s\nsecurity_token = t\n');
    const { prompts } = await configured(file, 'a', '', 'p', 'cn-north-4');
    expect(prompts.asked[1]).toBe('Its secret (SK), or nothing to keep the one in the file');
    expect(await readFile(file, 'utf8')).toBe(
      '[global]\nak = g\n[basic]\nak = a\nsk = s\nsecurity_token = t\nproject_id = p\n\n[connection-records]\nregion = cn-north-4\n',
    );
    await configured(file, 'b', 's2', 'p', 'cn-east-3');
    expect(await readFile(file, 'utf8')).toContain(
      '[basic]\nak = b\nsk = s2\nproject_id = p\n\n[connection-records]\nregion = cn-east-3\n',
    );
  });

  test('needs a terminal', async () => {
    const { code, stderr } = await command(['configure'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no terminal to ask in.\nSet HUAWEICLOUD_SDK_AK');
  });
});

describe('doctor', () => {
  test('finds everything in order', async () => {
    const { code, stdout } = await command(['doctor'], env);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/)[0])).toEqual([
      '✔ settings',
      '✔ credentials',
      '✔ service',
      '✔ clock',
      '✔ list tasks',
      '✔ list records',
      '',
    ]);
    expect(code).toBe(0);
  });

  const nothingListens = () =>
    Promise.reject(
      new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
    );
  test.each([
    ['settings', 2, { CONNECTION_RECORDS_BASE_URL: '' }, fetch, 'connection-records configure'],
    ['credentials', 3, { CONNECTION_RECORDS_AUTH_TOKEN: '' }, fetch, 'connection-records configure'],
    ['service', 1, {}, nothingListens, 'set HTTPS_PROXY'],
    ['clock', 1, {}, withFault('/export-tasks', 'skew=1200'), 'Set the clock of this machine'],
    [
      'list tasks',
      3,
      { CONNECTION_RECORDS_AUTH_TOKEN: 'another-token' },
      fetch,
      'workspace:tenants:listExportTasks',
    ],
    ['list records', 1, {}, withFault('/connections/desktops', '503'), 'Try again later.'],
  ] as const)(
    'tells what is wrong with %s, and what to do',
    async (name, ending, variables, fetched, advice) => {
      const { code, stdout } = await command(
        ['doctor', '--json'],
        { ...env, ...variables },
        { fetch: fetched },
      );
      const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { ok: boolean }[] };
      expect(ok).toBe(false);
      expect(checks.filter((check) => !check.ok)).toEqual([
        { name, ok: false, detail: expect.any(String), advice: expect.stringContaining(advice) },
      ]);
      expect(code).toBe(ending);
    },
  );

  test.skipIf(process.platform === 'win32')('finds a profile that others can read', async () => {
    const file = join(folder, 'open');
    await writeFile(file, `[basic]\nak = AN-ACCESS-KEY\nsk = its-secret\n`);
    await chmod(file, 0o644);
    const variables = { ...env, CONNECTION_RECORDS_AUTH_TOKEN: '', HUAWEICLOUD_SDK_CREDENTIALS_FILE: file };
    const { code, stdout } = await command(['doctor'], variables);
    expect(stdout).toContain(`Others can read ${file} (mode 644).\n`);
    expect(stdout).toContain(`Keep it to yourself: chmod 600 ${file}\n`);
    expect(code).toBe(1);
  });
});

/** The built command, as a stranger runs it. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Defect, startFixture } from './testing/fixture-server.ts';
import { on, replaced } from './testing/try-against.ts';

const COMMAND = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const TOKEN = { CONNECTION_RECORDS_AUTH_TOKEN: 'MIIEAgYJKoZIhvcNAQcCoIID8zCCA' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-'));
});
afterAll(() => rm(folder, { recursive: true }));

function command(
  args: string[],
  env: Record<string, string> = TOKEN,
  meet: (child: ChildProcess) => void = () => {},
) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
    const child = execFile(process.execPath, [COMMAND, ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    meet(child);
  });
}

async function commandAgainst(defect: Defect | undefined, ...args: string[]) {
  await using fixture = await startFixture(defect);
  const lacking = ['--without', 'stateful,rows,verify,rate-limit'];
  return await command(['--base-url', fixture.url, '--project-id', 'p', ...lacking, ...args]);
}

describe('connection-records-contract', () => {
  it('ends with 0 after a run without a failure, prints by operation, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await commandAgainst(undefined);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nlistExportTasks {2}GET \/v2\/\{project_id\}\/export-tasks\n {2}✓ 200 lists the tasks\n/,
    );
    expect(stdout).toContain('– 429 is not tried: skipped, it takes a flood of requests');
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, \d+ skipped in [\d.]+ s \(--seed \d+\)\n$/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends with 1 after a failure, and writes the results as JUnit and as JSON', async () => {
    const broken = on('listConnectionRecords', 200, (reply) => ({
      ...reply,
      status: 202,
      body: '<"&\u0001',
    }));
    const { code, stdout } = await commandAgainst(broken, '--junit', 'out.xml', '--json', 'out.json');
    expect(code).toBe(1);
    expect(stdout).toContain('  ✗ 200 lists the records\n');
    expect(stdout).toContain(
      '\n1) listConnectionRecords: 200 lists the records\n   Broken:    The answer has another status',
    );
    const xml = await readFile(join(folder, 'out.xml'), 'utf8');
    expect(xml).toMatch(
      /<testsuite name="listConnectionRecords" tests="\d+" failures="1" skipped="\d+" errors="0">/,
    );
    expect(xml).toContain('&lt;&quot;&amp;');
    expect(xml).toContain('<skipped message="it takes a flood of requests');
    expect(JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'))).toMatchObject({
      failed: 1,
      cases: expect.arrayContaining([
        expect.objectContaining({ operationId: 'listConnectionRecords', status: 200, outcome: 'failed' }),
      ]),
    });
  });

  it('ends with 2 and one line when the target cannot be reached', async () => {
    const { code, stderr } = await commandAgainst(() => 'cut');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^connection-records-contract: harness error: .* cannot be reached: the connection was closed before.*\n$/,
    );
  });

  it('ends with 2 and one line for each mistake when it is called wrongly', async () => {
    const { code, stdout, stderr } = await command(['--base-url', 'nowhere', '--hlep'], {});
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/--hlep is not an option/),
      expect.stringMatching(/--base-url is "nowhere"/),
      expect.stringMatching(/No credentials are set/),
    ]);
  });

  it('deletes what it started when it is stopped, writes the files, and ends with 130', async () => {
    // An export that does not end keeps the run waiting, in the middle of a case.
    await using fixture = await startFixture(replaced('SUCCESS', 'CREATING'));
    const stopped = command(
      [
        '--base-url',
        fixture.url,
        '--project-id',
        'p',
        '--without',
        'verify,rate-limit',
        '--json',
        'stopped.json',
      ],
      TOKEN,
      (child) =>
        void vi
          .waitUntil(() => fixture.seen.some((line) => /export$/.test(line)), 10_000)
          .then(() => child.kill('SIGINT')),
    );
    const { code, stdout, stderr } = await stopped;
    expect(stderr).toMatch(
      /^Stopping: .*\nconnection-records-contract: The run was stopped\. 1 task of this run was deleted, and none stays\.\n$/,
    );
    expect(code).toBe(130);
    expect(fixture.seen.at(-1)).toMatch(/batch-delete$/);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, \d+ skipped in/);
    expect(JSON.parse(await readFile(join(folder, 'stopped.json'), 'utf8'))).toHaveProperty('cases');
  });

  it('prints its help and its version', async () => {
    const help = await command(['--help']);
    expect(help.stdout).toContain('--base-url URL');
    expect(await command(['-h'])).toEqual(help);
    expect((await command(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

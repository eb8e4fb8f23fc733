import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { akSk, createClient, startExport, unwrap, waitForExport } from '@connection-records/client';
import { type Server, sandboxAccount, seedRecords, startServer } from '@connection-records/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generatedFile, generateOperations } from './generate.ts';
import {
  cli,
  curl,
  go,
  type OperationId,
  python,
  type SampleRequest,
  typescript,
  variables,
} from './index.ts';

// Go compiles its library when it is used for the first time.
vi.setConfig({ testTimeout: 120_000 });

const projectId = '0123456789abcdef0123456789abcdef';
/** A name that needs quotes of every kind, and percent signs. */
const awkward = `O'Neil "张三" $HOME 100%!(*)`;

/** A program by its name, on the PATH or where its installer puts it; undefined, and said aloud, if it is not there. */
function find(program: string, args: string[], ...others: string[]): string | undefined {
  for (const path of [program, ...others])
    try {
      execFileSync(path, args, { stdio: 'ignore' });
      return path;
    } catch {}
  console.warn(`NOT TRIED: the samples for ${program}, which this machine does not have.`);
  return undefined;
}
const python3 = find('python3', ['--version']);
const goTool = find('go', ['version'], '/usr/local/go/bin/go');

let server: Server;
let root: string;
let folders = 0;
beforeAll(async () => {
  server = await startServer({ accounts: [sandboxAccount], sandbox: true, format: 'csv' });
  const records = [...seedRecords({ rows: 50, projectId, seed: 1, now: Date.now() })];
  records[0]!.user_name = awkward;
  await server.store.addRecords(projectId, records);
  // Inside the package, so that samples find the client, in the folder that Astro keeps out of everybody's way.
  const ignored = fileURLToPath(new URL('../../.astro/', import.meta.url));
  mkdirSync(ignored, { recursive: true });
  root = mkdtempSync(`${ignored}samples-`);
  mkdirSync(`${root}/bin`);
  const command = createRequire(import.meta.url)
    .resolve('@connection-records/cli/package.json')
    .replace('package.json', 'dist/cli.js');
  writeFileSync(
    `${root}/bin/connection-records`,
    `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`,
  );
  chmodSync(`${root}/bin/connection-records`, 0o755);
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

/** Runs a sample in a folder of its own and tells what it printed, and the folder. */
type Run = (code: string) => Promise<{ stdout: string; folder: string }>;

const runner =
  (file: string, start: (file: string, folder: string) => string[], secret = sandboxAccount.sk): Run =>
  async (code) => {
    const folder = `${root}/${folders++}`;
    mkdirSync(folder);
    writeFileSync(`${folder}/${file}`, code);
    const [program = '', ...args] = start(file, folder);
    // One kind of credentials at a time: the command prefers a token.
    const isSigned = /HUAWEICLOUD_SDK_SK/.test(code);
    const env = {
      ...process.env,
      PATH: [`${root}/bin`, process.env.PATH].join(delimiter),
      HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nowhere/credentials',
      ...(isSigned
        ? { [variables.ak]: sandboxAccount.ak, [variables.sk]: secret }
        : { [variables.token]: sandboxAccount.token }),
    };
    const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env });
    rmSync(`${folder}/${file}`);
    return { stdout, folder };
  };

const shell = runner('sample.sh', (file) => ['sh', '-eu', file]);
const languages: { name: string; make: (request: SampleRequest) => string | undefined; run: Run }[] = [
  { name: 'curl', make: curl, run: shell },
  { name: 'TypeScript', make: typescript, run: runner('sample.ts', (file) => [process.execPath, file]) },
  { name: 'the command', make: cli, run: shell },
  ...(python3 ? [{ name: 'Python', make: python, run: runner('sample.py', (file) => [python3, file]) }] : []),
  ...(goTool ? [{ name: 'Go', make: go, run: runner('sample.go', (file) => [goTool, 'run', file]) }] : []),
];

const client = () =>
  createClient({
    baseUrl: server.url,
    projectId,
    // The exports are small: there is no need to wait between two looks.
    clock: { now: Date.now, sleep: () => setImmediate() },
    credentials: akSk({ ak: sandboxAccount.ak, sk: sandboxAccount.sk }),
  });
const newTask = async () => (await waitForExport(client(), await startExport(client()))).task_id;
const sample = (
  operationId: OperationId,
  credentials: SampleRequest['credentials'],
  more: object = {},
  body?: unknown,
) => ({
  operationId,
  credentials,
  baseUrl: server.url,
  parameters: { project_id: projectId, ...more },
  body,
});

describe.each(languages)('a sample for $name', ({ name, make, run }) => {
  const made = (request: SampleRequest) => {
    const code = make(request);
    if (code === undefined) throw new Error(`There is no sample of ${request.operationId}.`);
    return code;
  };

  describe.each(['token', 'signature'] as const)('with a %s', (credentials) => {
    it('lists the records of a user with an awkward name', async () => {
      const { stdout } = await run(
        made(sample('listConnectionRecords', credentials, { user_name: awkward, limit: 5 })),
      );
      expect(stdout).toContain(
        name === 'the command' ? 'DESK' : awkward.replaceAll('"', name === 'TypeScript' ? '"' : '\\"'),
      );
    });

    it('starts an export', async () => {
      const { count } = await unwrap(client().operations.listExportTasks());
      await run(
        made(sample('exportConnectionRecords', credentials, { user_name: awkward, language: 'zh_CN' })),
      );
      expect((await unwrap(client().operations.listExportTasks())).count).toBe(count + 1);
    });

    it('lists export tasks', async () => {
      const task_id = await newTask();
      const { stdout } = await run(
        made(sample('listExportTasks', credentials, { status: 'SUCCESS', limit: 100 })),
      );
      expect(stdout).toContain(task_id);
    });

    it('saves the file of a task under its own name', async () => {
      const task_id = await newTask();
      const { folder } = await run(made(sample('downloadExportFile', credentials, { task_id })));
      const [saved = '', ...others] = readdirSync(folder);
      expect(others).toEqual([]);
      expect(saved).toMatch(/\.csv$/);
      const stream = await unwrap(client().operations.downloadExportFile(task_id));
      expect(readFileSync(`${folder}/${saved}`)).toEqual(
        Buffer.from(await new Response(stream).arrayBuffer()),
      );
    });

    it('deletes tasks', async () => {
      const ids = [await newTask(), await newTask()];
      await run(made(sample('deleteExportTasks', credentials, {}, { task_ids: ids })));
      for (const task_id of ids)
        expect((await unwrap(client().operations.listExportTasks({ task_id }))).count).toBe(0);
    });
  });
});

it('has a signature that a wrong secret makes wrong', async () => {
  const wrong = runner('sample.sh', (file) => ['sh', '-eu', file], 'another-secret');
  const { stdout } = await wrong(curl(sample('listExportTasks', 'signature')));
  expect(JSON.parse(stdout)).toMatchObject({ error_code: 'APIGW.0301' });
});

it('sends a part of the file where Range is given, and says what the client does instead', async () => {
  const request = sample('downloadExportFile', 'token', { task_id: await newTask(), Range: 'bytes=10-' });
  const { folder } = await shell(curl(request));
  const [saved = ''] = readdirSync(folder);
  expect(readFileSync(`${folder}/${saved}`, 'utf8')).not.toMatch(/^Connected/);
  expect(typescript(request)).toContain('// Where it helps, the client itself sends Range.');
  expect(cli(request)).toBeUndefined();
});

it('names the region of the public service, and the address of any other', () => {
  const request = {
    ...sample('listExportTasks', 'token'),
    baseUrl: 'https://workspace.eu-west-101.myhuaweicloud.com',
  };
  expect(typescript(request)).toContain("region: 'eu-west-101'");
  expect(cli(request)).toContain('--region eu-west-101');
  expect(cli(sample('listExportTasks', 'token'))).toContain(`--base-url ${server.url}`);
});

it('says which parameters there are when one is not known, or missing from the path', () => {
  expect(() => curl(sample('downloadExportFile', 'token', { task: 'x' }))).toThrow(
    'downloadExportFile has no parameter task. It has project_id, task_id, Range, If-Range.',
  );
  expect(() => curl(sample('downloadExportFile', 'token'))).toThrow('downloadExportFile needs task_id');
});

it('knows the operations as the contract has them', () => {
  const stands = existsSync(generatedFile) && readFileSync(generatedFile, 'utf8');
  expect(stands, 'Run `pnpm generate` in apps/docs.').toBe(generateOperations());
});

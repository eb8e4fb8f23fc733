// The command itself is killed, because that is what a crash takes: the server, its threads and whatever they were writing.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type ConnectionRecord,
  type ConnectionRecordsClient,
  createClient,
  type ExportTask,
  startExport,
  token,
  unwrap,
} from '@connection-records/client';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columns } from './files/index.ts';
import { randomFrom } from './seed/random.ts';
import { seedRecords } from './seed/seed.ts';
import { openSqliteStore } from './store/sqlite.ts';

const projectId = '0123456789abcdef0123456789abcdef';
const rows = 40_000;
const kills = 20;
const command = fileURLToPath(new URL('./cli.ts', import.meta.url));
const secret = 'a-token';

let folder: string;
let data: string;
let files: string;
/** Every process that was started; none of them may outlive the test. */
const children: ChildProcess[] = [];

/** The same records at every export, whatever the time. */
const now = Date.now();
const window = { start_time: new Date(now - 29.5 * 86_400_000), end_time: new Date(now) };
const records = [...seedRecords({ rows, projectId, seed: 1, now })].filter(
  ({ connection_start_time }) =>
    Date.parse(connection_start_time!) >= Math.floor(+window.start_time / 1000) * 1000,
);

interface Running {
  child: ChildProcess;
  client: ConnectionRecordsClient;
}

/** Starts the command on the folder and waits until it says where it answers. */
async function start(): Promise<Running> {
  const args = [command, '--data', data, '--port', '0', '--format', 'csv'];
  // Compiled once: most of the time of this test is that of its 22 starts.
  const env = {
    ...process.env,
    CONNECTION_RECORDS_TOKEN: secret,
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const [baseUrl] = /http:\/\/[\d.:]+/.exec(JSON.parse(line).message)!;
  return { child, client: createClient({ baseUrl, projectId, credentials: token(secret) }) };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

const isPartial = (file: string) => file.endsWith('.partial');
const sizeOf = async (file: string) => (await stat(join(files, file)).catch(() => undefined))?.size ?? 0;

/** How far the exports have come: each whole file is 1, and of those being written the longest counts, as a part of one. */
async function progress(whole: number): Promise<number> {
  const names = await readdir(files);
  const partial = await Promise.all(names.filter(isPartial).map(sizeOf));
  return names.length - partial.length + Math.max(0, ...partial) / whole;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function tasksOf({ operations }: ConnectionRecordsClient): Promise<ExportTask[]> {
  const { export_tasks, count } = unwrap(await operations.listExportTasks({ limit: 100 }));
  expect(export_tasks).toHaveLength(count);
  return export_tasks;
}

/** What a download brings, with the digest that it says it has; the status alone if there is none. */
async function download({ operations }: ConnectionRecordsClient, taskId: string) {
  const result = await operations.downloadExportFile(taskId);
  if (!result.ok) return { status: result.response.status };
  const hash = createHash('sha256');
  for await (const chunk of result.data) hash.update(chunk);
  const said = /^sha-256=:(.+):$/.exec(result.response.headers.get('Repr-Digest')!)![1]!;
  return { status: 200, content: hash.digest('hex'), digest: Buffer.from(said, 'base64').toString('hex') };
}

async function ended(client: ConnectionRecordsClient, taskIds: readonly string[]): Promise<ExportTask[]> {
  for (;;) {
    const tasks = await tasksOf(client);
    const unfinished = tasks.filter(({ status }) => status === 'CREATING');
    if (unfinished.length === 0 && taskIds.every((id) => tasks.some(({ task_id }) => task_id === id)))
      return tasks;
    await sleep(50);
  }
}

/** Moments all over the life of an export, from the very start to when its file has its name, in no order. */
function moments(): number[] {
  const random = randomFrom('kills');
  const spread = Array.from(
    { length: kills - 2 },
    (_, index) => (index + random.below(1000) / 1000) / (kills - 2),
  );
  return [0, 1, ...spread].toSorted(() => random.below(3) - 1);
}

/** What was seen in the life of a process. */
interface Observed {
  /** What the folder held once it was dead. */
  left: { file: string; size: number; content: string }[];
  /** The tasks as the next process listed them first. */
  tasks: ExportTask[];
  /** What it gave to whoever asked for the file of each. */
  downloads: Map<string, Awaited<ReturnType<typeof download>>>;
}

const look = async (client: ConnectionRecordsClient) => {
  const tasks = await tasksOf(client);
  const unfinished = tasks.filter(({ status }) => status === 'CREATING');
  const found = unfinished.map(async ({ task_id }) => [task_id, await download(client, task_id)] as const);
  return { tasks, downloads: new Map(await Promise.all(found)) };
};

/** Digests of files by what tells one version of a file from the next, so that none is read twice. */
const digests = new Map<string, string>();

const leftovers = async () =>
  Promise.all(
    (await readdir(files)).map(async (file) => {
      const path = join(files, file);
      const { size, mtimeMs } = await stat(path);
      const version = `${file} ${size} ${mtimeMs}`;
      const content = digests.get(version) ?? sha256(await readFile(path));
      digests.set(version, content);
      return { file, size, content };
    }),
  );

const taskIds: string[] = [];
const observed: Observed[] = [];
let reference: { content: string; size: number; table: string[][] };
let last: ExportTask[];
let client: ConnectionRecordsClient;

async function seed() {
  const store = await openSqliteStore(data);
  await store.addRecords(projectId, records);
  await store.close();
}

/** An export that nobody disturbs. */
async function exportInPeace() {
  const { child, client } = await start();
  const taskId = await startExport(client, window);
  taskIds.push(taskId);
  await ended(client, taskIds);
  const content = await readFile(join(files, `${taskId}.1.csv`));
  await kill(child, 'SIGTERM');
  reference = { content: sha256(content), size: content.length, table: parse(content, { bom: true }) };
}

/** One more export, and a kill at the moment at which the exports have come that much further. */
async function exportAndKill(moment: number) {
  const { child, client } = await start();
  if (observed.length > 0) Object.assign(observed.at(-1)!, await look(client));
  const before = Math.floor(await progress(reference.size));
  taskIds.push(await startExport(client, window));
  while ((await progress(reference.size)) < before + moment) await sleep(1);
  await kill(child);
  observed.push({ left: await leftovers(), tasks: [], downloads: new Map() });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'));
  data = join(folder, 'data');
  files = join(data, 'files');
  await seed();
  await exportInPeace();
  for (const moment of moments()) await exportAndKill(moment);
  ({ client } = await start());
  Object.assign(observed.at(-1)!, await look(client));
  last = await ended(client, taskIds);
}, 240_000);
afterAll(async () => {
  await Promise.all(children.map((child) => kill(child)));
  await rm(folder, { recursive: true, force: true });
});

describe('a server that is killed at 20 moments of its exports', () => {
  test('was killed while files were half written, and while none was', () => {
    const half = observed.filter(({ left }) =>
      left.some(({ file, size }) => isPartial(file) && size < reference.size),
    );
    expect(observed).toHaveLength(kills);
    expect(half.length).toBeGreaterThanOrEqual(kills / 4);
  });

  test('has every task whose start it answered, each once, and no other', () => {
    for (const [index, { tasks }] of observed.entries())
      expect(tasks.map(({ task_id }) => task_id).toSorted()).toEqual(taskIds.slice(0, index + 2).toSorted());
    expect(last).toHaveLength(kills + 1);
  });

  test('ends every task, successfully or with a reason', () => {
    for (const task of last)
      expect(task).toMatchObject(
        task.status === 'FAIL' ? { fail_reason: expect.stringMatching(/./) } : { status: 'SUCCESS' },
      );
    expect(last.some(({ status }) => status === 'SUCCESS')).toBe(true);
  });

  test('ends each of them once: what was finished stays as it was', () => {
    const end = new Map(last.map((task) => [task.task_id, task]));
    for (const { tasks } of observed)
      for (const task of tasks.filter(({ status }) => status !== 'CREATING'))
        expect(end.get(task.task_id)).toEqual({ ...task, is_download: end.get(task.task_id)!.is_download });
  });

  test('writes the rows of the records', () => {
    const [header, ...table] = reference.table;
    expect(header).toEqual(columns.map(({ en_US }) => en_US));
    const text = (value: ConnectionRecord[keyof ConnectionRecord]) =>
      typeof value === 'boolean'
        ? value
          ? 'Yes'
          : 'No'
        : String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
    const lines = (all: readonly (readonly string[])[]) =>
      all.map((cells) => JSON.stringify(cells)).toSorted();
    const expected = lines(records.map((record) => columns.map(({ field }) => text(record[field]))));
    expect(table).toHaveLength(expected.length);
    expect(lines(table).findIndex((line, index) => line !== expected[index])).toBe(-1);
  });

  test('never gives a file its name before it is whole', () => {
    const named = observed.flatMap(({ left }) => left.filter(({ file }) => !isPartial(file)));
    expect(new Set(named.map(({ content }) => content))).toEqual(new Set([reference.content]));
  });

  test('offers the whole file or none', async () => {
    // It may have been finished between the list and the download.
    for (const { downloads } of observed)
      for (const found of downloads.values())
        if (found.status !== 404 && found.status !== 409)
          expect(found).toMatchObject({ content: reference.content });
    for (const { task_id, status } of last) {
      const found = await download(client, task_id);
      if (status !== 'SUCCESS') expect(found.status).toBe(404);
      else expect(found).toEqual({ status: 200, content: reference.content, digest: reference.content });
    }
  });

  test('leaves no file that belongs to no task', async () => {
    const finished = last.filter(({ status }) => status === 'SUCCESS');
    const named = (await readdir(files)).map((file) => file.replace(/\.\d+\.csv$/, ''));
    expect(named.toSorted()).toEqual(finished.map(({ task_id }) => task_id).toSorted());
  });
});

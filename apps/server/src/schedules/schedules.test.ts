// Three servers over one database and one bucket, to which things happen at random: every task ends exactly once, with the whole file, whatever happens.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FileStore, openFiles } from '../files/file-store.ts';
import { type Fault, type Storage, startStorage } from '../files/s3.testing.ts';
import { seedRecords } from '../seed/seed.ts';
import type { ServerOptions } from '../server.ts';
import { type Cluster, startCluster } from '../store/postgres/cluster.testing.ts';
import { openPostgresStore } from '../store/postgres/postgres.ts';
import type { Store, Task } from '../store/store.ts';
import { type Member, startFleet } from './fleet.testing.ts';
import { play, type Scene, scheduleOf } from './schedule.testing.ts';

const schedules = Number(process.env.CONNECTION_RECORDS_SCHEDULES ?? 200);
const seed = process.env.CONNECTION_RECORDS_SCHEDULES_SEED ?? String(Date.now());
const lease = 300;
const rows = 600;
const projects = ['p0', 'p1', 'p2', 'p3'];
/** The same records at every export, whatever the time. */
const now = Date.now();
const window = new URLSearchParams({
  start_time: new Date(now - 29 * 86_400_000).toISOString().replace(/\.\d+/, ''),
  end_time: new Date(now).toISOString().replace(/\.\d+/, ''),
});

let folder: string;
let cluster: Cluster;
let storage: Storage;
let bucket: string;
let files: FileStore;
let fleet: Member[] = [];
/** Looks at what there is, undisturbed. */
let store: Store;
const reference = new Map<string, string>();
/** The schedule in which each task was started, of those whose start was answered. */
const startedIn = new Map<string, string>();
let current = 'before';

// Of the servers, too.
vi.stubEnv('AWS_ACCESS_KEY_ID', 'an-access-key');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-key');

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** The bytes of the file of a task, if there is one. */
async function contentOf({ taskId, fence }: Pick<Task, 'taskId' | 'fence'>): Promise<Buffer | undefined> {
  const file = await files.open(`${taskId}.${fence}.csv`);
  return file && buffer(file.read({ start: 0, end: file.size - 1 }));
}

/** Keeps an account of every end of a task, by which it is seen that there is one each. */
const account = `
  CREATE TABLE ends (task_id text, was text, is_now text);
  CREATE FUNCTION note_end() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO ends VALUES (OLD.task_id, OLD.status, NEW.status); RETURN NEW; END $$;
  CREATE TRIGGER note_end AFTER UPDATE ON tasks FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION note_end()`;

async function query(sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client(cluster.url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const options = (): ServerOptions => ({
  accounts: [{ name: 'test', token: 'a-token', projects: ['*'], actions: ['*'] }],
  files: bucket,
  data: join(folder, 'data'),
  format: 'csv',
  lease,
});

/** Asks the server that the schedule names, or else the next one. The first may have started it, though nobody was told. */
async function startExport(server: number, project: number): Promise<void> {
  const inSchedule = current;
  const path = `/v3/${projects[project]}/desktops/connections/export?${window}`;
  for (let turn = 0; turn < 3; turn++) {
    const asked = fleet[(server + turn) % 3]!;
    if (!asked.answers) continue;
    const answer = await asked.call(path).catch(() => undefined);
    if (!answer?.ok) continue;
    startedIn.set((await answer.json()).task_id, inSchedule);
    return;
  }
}

const deleted = new Set<string>();
async function deleteLast(server: number): Promise<void> {
  const last = [...startedIn.keys()].at(-1);
  if (!last || !fleet[server]!.answers) return;
  deleted.add(last);
  for (const project of projects)
    await fleet[server]!.call(`/v2/${project}/export-tasks/batch-delete`, {
      method: 'POST',
      body: JSON.stringify({ task_ids: [last] }),
    }).catch(() => undefined);
}

async function allEnded(): Promise<void> {
  const patience = AbortSignal.timeout(180_000);
  for (;;) {
    const left = await store.tasksIn('CREATING');
    if (left.length === 0) return;
    if (patience.aborted)
      throw new Error(
        `CONNECTION_RECORDS_SCHEDULES_SEED=${seed}: ${left.map(({ taskId, fence }) => `${taskId} of schedule ${startedIn.get(taskId)} (taken ${fence} times)`).join(', ')} never ended`,
      );
    await sleep(30);
  }
}

async function exportInPeace(): Promise<void> {
  for (const [index, project] of projects.entries()) {
    await startExport(index % 3, index);
    await allEnded();
    const { tasks } = await store.listTasks({ projectId: project }, { offset: 0, limit: 1 });
    const { sha256: told } = tasks[0]!;
    const content = (await contentOf(tasks[0]!))!;
    expect(content.toString().split('\r\n')).toHaveLength(
      rowsOf(project).filter(({ connection_start_time: start }) => start! >= window.get('start_time')!)
        .length + 2,
    );
    expect(sha256(content)).toBe(told);
    reference.set(project, told!);
  }
  expect(new Set(reference.values()).size).toBe(projects.length);
}

const rowsOf = (projectId: string) => [...seedRecords({ rows, projectId, seed: 1, now })];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schedules-'));
  [cluster, storage] = await Promise.all([startCluster(), startStorage({ forgets: true })]);
  bucket = storage.bucket();
  files = await openFiles(bucket);
  store = await openPostgresStore(cluster.url);
  for (const projectId of projects) await store.addRecords(projectId, rowsOf(projectId));
  await query(account);
  fleet = await startFleet(3, cluster.url, options(), join(folder, 'compiled'));
  await exportInPeace();
}, 120_000);
afterAll(async () => {
  await Promise.all(fleet.map((member) => member.retire()));
  await store?.close();
  await cluster?.stop();
  await storage?.close();
  await rm(folder, { recursive: true, force: true });
});

test(`of ${schedules} schedules (seed ${seed}), every task ends once, with the whole file of its project`, async () => {
  const lasting: Promise<void>[] = [];
  const faults: Fault[] = [];
  storage.disturb(({ method, url }) =>
    method !== 'GET' && url.includes('.csv') ? faults.shift() : undefined,
  );
  const scene: Scene = { cluster, faults, fleet, start: startExport, deleteLast };
  for (let index = 0; index < schedules; index++) {
    // However slow the machine is: with one server alone, there would be nobody to take over.
    while (fleet.filter(({ answers }) => answers).length < 2) await sleep(20);
    current = `${seed}/${index}`;
    lasting.push(...(await play(scheduleOf(current, projects.length, lease), scene)));
  }
  await Promise.all(lasting);
  for (const { proxy } of fleet) proxy.heal();
  await allEnded();
  storage.disturb(() => undefined);
  await Promise.all(fleet.map((member) => member.retire()));
  // One that starts removes what those left that were killed.
  fleet = await startFleet(1, cluster.url, options(), join(folder, 'compiled'));

  const tasks = await store.tasksIn('SUCCESS');
  const failed = await store.tasksIn('FAIL');
  const ends = await query('SELECT task_id, count(*) AS times, max(was) AS was FROM ends GROUP BY task_id');
  const wrong: string[] = [];
  const check = (taskId: string, right: boolean, what: string) => {
    if (!right) wrong.push(`schedule ${startedIn.get(taskId) ?? 'unknown'}, task ${taskId}: ${what}`);
  };
  const known = new Set([...tasks, ...failed].map(({ taskId }) => taskId));
  for (const { taskId, failReason } of failed)
    check(taskId, failReason!.includes('answered 507'), `failed: ${failReason}`);
  for (const taskId of startedIn.keys()) check(taskId, known.has(taskId) || deleted.has(taskId), 'is lost');
  for (const { task_id, times, was } of ends)
    check(task_id!, Number(times) === 1 && was === 'CREATING', `ended ${times} times`);
  for (const task of tasks) {
    const { taskId, projectId, filter, size, sha256: told } = task;
    const content = await contentOf(task);
    check(taskId, content !== undefined && sha256(content) === reference.get(projectId), 'has another file');
    check(taskId, told === reference.get(projectId) && size === content?.length, 'has another digest');
    check(taskId, filter.projectId === projectId, 'has the records of another project');
  }
  expect(wrong, `run it again with CONNECTION_RECORDS_SCHEDULES_SEED=${seed}`).toEqual([]);
  expect(startedIn.size).toBeGreaterThan(schedules);
  expect((await files.list()).filter((name) => name !== '.trial').toSorted()).toEqual(
    tasks.map(({ taskId, fence }) => `${taskId}.${fence}.csv`).toSorted(),
  );
  const takenOver = tasks.filter(({ fence }) => fence > 1).length;
  const unanswered = tasks.filter(({ taskId }) => !startedIn.has(taskId)).length;
  console.log(
    `${tasks.length} tasks, ${failed.length} more that failed for want of room, ${takenOver} of them taken over, ${unanswered} whose start nobody was told of, ${deleted.size} deleted`,
  );
  expect(takenOver).toBeGreaterThan(schedules / 20);
  expect(failed.length).toBeGreaterThanOrEqual(Math.floor(schedules / 50));
  expect(failed.length).toBeLessThan(tasks.length / 4);
  await noneElsewhere(new Map([...tasks, ...failed].map(({ taskId, projectId }) => [taskId, projectId])));
}, 900_000);

/** What a project lists and can download is its own, all of it and nothing else. */
async function noneElsewhere(owners: ReadonlyMap<string, string>): Promise<void> {
  const [server] = fleet;
  const seen = new Map<string, string>();
  for (const project of projects) {
    for (let offset = 0; ; offset += 100) {
      const answer = await server!.call(`/v2/${project}/export-tasks?limit=100&offset=${offset}`);
      const { export_tasks } = await answer.json();
      if (export_tasks.length === 0) break;
      for (const { task_id } of export_tasks) seen.set(task_id, project);
    }
  }
  expect(seen).toEqual(owners);
  const [[taskId, owner]] = [...owners] as [[string, string]];
  for (const project of projects) {
    const { status } = await server!.call(`/v2/${project}/export-tasks/${taskId}/download`);
    expect(status).toBe(project === owner ? 200 : 404);
  }
}

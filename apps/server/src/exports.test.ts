import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Exports, type ExportsOptions, type WriteFile } from './exports.ts';
import { openTemporaryStore } from './store/sqlite.ts';
import type { RecordFilter, Store } from './store/store.ts';

const filter: RecordFilter = { projectId: 'p', from: 0, to: 1 };
let folder: string;
let store: Store;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-'));
  store = await openTemporaryStore();
  now = Date.parse('2026-02-10T02:11:22.123Z');
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** Files that are written when the test says so. */
function writer() {
  const started: string[] = [];
  const settle = new Map<string, (outcome?: Error) => void>();
  const write: WriteFile = async ({ taskId }, path, signal) => {
    started.push(taskId);
    await new Promise<void>((resolve, reject) => {
      settle.set(taskId, (error) => (error ? reject(error) : resolve()));
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    await writeFile(path, 'rows');
    return { size: 4, sha256: 'ab' };
  };
  return { write, started, finish: (taskId: string, error?: Error) => settle.get(taskId)?.(error) };
}

let ids = 0;
const create = (write: WriteFile, more: Partial<ExportsOptions> = {}) =>
  new Exports({
    store,
    folder,
    writeFile: write,
    format: 'csv',
    concurrency: 1,
    keepFor: 60_000,
    now: () => now,
    newId: () => `task-${++ids}`,
    ...more,
  });
const status = async (taskId: string) => (await store.findTask('p', taskId))?.status;
const changed = (exports: Exports) => exports.change('p', AbortSignal.timeout(5000));

/** Starts an export and lets its file be written. */
async function startAndFinish({ write, finish }: ReturnType<typeof writer>) {
  const exports = create(write);
  const task = await exports.start(filter, 'en_US');
  const done = changed(exports);
  finish(task.taskId);
  await done;
  return { exports, task };
}

describe('an export', () => {
  test('is CREATING when it starts and SUCCESS when its file is complete', async () => {
    const { write, finish } = writer();
    const exports = create(write);
    const task = await exports.start(filter, 'en_US');
    expect(task).toMatchObject({
      status: 'CREATING',
      fileName: 'connection-records-20260210021122.csv',
      isDownload: false,
    });
    const done = changed(exports);
    finish(task.taskId);
    await done;
    expect(await store.findTask('p', task.taskId)).toMatchObject({
      status: 'SUCCESS',
      endTime: now,
      size: 4,
      sha256: 'ab',
    });
    expect(existsSync(exports.path(task))).toBe(true);
  });

  test('fails with the reason when its file cannot be written', async () => {
    const { write, finish } = writer();
    const exports = create(write);
    const { taskId } = await exports.start(filter, 'en_US');
    const done = changed(exports);
    finish(taskId, new Error('no space left'));
    await done;
    expect(await store.findTask('p', taskId)).toMatchObject({
      status: 'FAIL',
      failReason: 'The file could not be written: no space left',
      errorCode: 'WKS.00211401',
    });
  });

  test('waits its turn when as many as may run are running', async () => {
    const { write, started, finish } = writer();
    const exports = create(write, { concurrency: 2 });
    const tasks = [];
    for (let i = 0; i < 4; i++) tasks.push((await exports.start(filter, 'en_US')).taskId);
    expect(started).toEqual(tasks.slice(0, 2));
    const done = changed(exports);
    finish(tasks[1]!);
    await done;
    expect(started).toEqual([tasks[0], tasks[1], tasks[2]]);
    await exports.close();
  });
});

test('the next file begins when the rest after the last one is over', async () => {
  const { write, started, finish } = writer();
  let wake = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const exports = create(write, { rest });
  const first = await exports.start(filter, 'en_US');
  const done = changed(exports);
  finish(first.taskId);
  await done;
  const next = await exports.start(filter, 'en_US');
  expect(started).toEqual([first.taskId]);
  wake();
  await vi.waitFor(() => expect(started).toEqual([first.taskId, next.taskId]));
  await exports.close();
});

describe('a deleted task', () => {
  test('takes its file along', async () => {
    const { exports, task } = await startAndFinish(writer());
    await exports.delete('p', [task.taskId]);
    expect(await readdir(folder)).toEqual([]);
    expect(await status(task.taskId)).toBeUndefined();
  });

  test('stops while it runs, and the next one gets its turn', async () => {
    const { write, started } = writer();
    const exports = create(write);
    const running = await exports.start(filter, 'en_US');
    const next = await exports.start(filter, 'en_US');
    const after = await exports.start(filter, 'en_US');
    await exports.delete('p', [after.taskId, running.taskId, 'unknown']);
    await vi.waitFor(() => expect(started).toEqual([running.taskId, next.taskId]));
    expect(await readdir(folder)).toEqual([]);
    await exports.close();
  });

  test('of another project stays', async () => {
    const { write } = writer();
    const exports = create(write);
    const { taskId } = await exports.start(filter, 'en_US');
    await exports.delete('another', [taskId]);
    expect(await status(taskId)).toBe('CREATING');
    await exports.close();
  });
});

test('before a stop the file that is being written is finished, no other is begun, and time may run out', async () => {
  const { write, started, finish } = writer();
  const exports = create(write);
  const running = await exports.start(filter, 'en_US');
  const waiting = await exports.start(filter, 'en_US');
  await exports.drain(AbortSignal.abort());
  expect(await status(running.taskId)).toBe('CREATING');
  const drained = exports.drain(AbortSignal.timeout(5000));
  finish(running.taskId);
  await drained;
  await exports.close();
  expect(started).toEqual([running.taskId]);
  expect([await status(running.taskId), await status(waiting.taskId)]).toEqual(['SUCCESS', 'CREATING']);
});

test('a file expires when its time is over, and is removed', async () => {
  const { exports, task } = await startAndFinish(writer());
  now += 59_999;
  await exports.expire();
  expect(await status(task.taskId)).toBe('SUCCESS');
  now += 1;
  await exports.expire();
  expect(await status(task.taskId)).toBe('EXPIRED');
  expect(await readdir(folder)).toEqual([]);
});

test('what a process leaves unfinished, the next one does again; what belongs to no task is removed', async () => {
  const first = create(writer().write);
  const { taskId } = await first.start(filter, 'zh_CN');
  await first.close();
  expect(await status(taskId)).toBe('CREATING');
  await writeFile(join(folder, `${taskId}.csv`), 'complete, but nobody was told');
  await writeFile(join(folder, 'stray.csv.partial'), 'half');

  const { write, started, finish } = writer();
  const second = create(write);
  await second.resume();
  expect(await readdir(folder)).toEqual([]);
  expect(started).toEqual([taskId]);
  const done = changed(second);
  finish(taskId);
  await done;
  expect(await status(taskId)).toBe('SUCCESS');
});

test('a task whose end cannot be stored is left to the next start, and takes nothing else down', async () => {
  const { write, finish } = writer();
  const told: string[] = [];
  const locked = { ...store, updateTask: () => Promise.reject(new Error('database is locked')) };
  const exports = create(write, { store: locked, onError: (_, error) => told.push(String(error)) });
  const { taskId } = await exports.start(filter, 'en_US');
  finish(taskId);
  await vi.waitFor(() => expect(told).toEqual(['Error: database is locked', 'Error: database is locked']));
  expect(await status(taskId)).toBe('CREATING');
  expect(await readdir(folder)).toEqual([]);
});

test('a task that is deleted just when its file gets its name leaves no file behind', async () => {
  const exports = create(async (_, path, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await writeFile(path, 'rows');
    throw signal.reason;
  });
  const { taskId } = await exports.start(filter, 'en_US');
  await exports.delete('p', [taskId]);
  await exports.close();
  expect(await readdir(folder)).toEqual([]);
});

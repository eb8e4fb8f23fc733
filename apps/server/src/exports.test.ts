import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExportError } from './export-threads.ts';
import { Exports, type ExportsOptions, type WriteFile } from './exports.ts';
import { type FileStore, openFiles } from './files/file-store.ts';
import { openTemporaryStore } from './store/sqlite.ts';
import type { RecordFilter, Store, Task } from './store/store.ts';

const filter: RecordFilter = { projectId: 'p', from: 0, to: 1 };
let folder: string;
let store: Store;
let files: FileStore;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-'));
  files = await openFiles(pathToFileURL(folder).href);
  store = await openTemporaryStore();
  now = Date.parse('2026-02-10T02:11:22.123Z');
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** Writes a file of four bytes. */
async function put(name: string, content = 'rows') {
  const file = await files.create(name);
  await file.write(Buffer.from(content));
  return file.publish();
}

/** Files that are written when the test says so. */
function writer() {
  const started: string[] = [];
  const settle = new Map<string, (outcome?: Error) => void>();
  const write: WriteFile = async ({ taskId }, name, signal) => {
    started.push(taskId);
    await new Promise<void>((resolve, reject) => {
      settle.set(taskId, (error) => (error ? reject(error) : resolve()));
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    await put(name);
    return { size: 4, sha256: 'ab' };
  };
  /** Waits for the file of a task to begin, and ends it. */
  const finish = async (taskId: string, error?: Error) => {
    await vi.waitFor(() => expect(settle.has(taskId)).toBe(true));
    settle.get(taskId)!(error);
  };
  return { write, started, finish };
}

const terms = { lease: 60_000, perProject: 100, inAll: 100 };
/** What time does to the lease of a task. */
const leaseOver = (taskId: string) => store.renewTasks([{ projectId: 'p', taskId, fence: 1 }], 0);
let ids = 0;
const create = (write: WriteFile, more: Partial<ExportsOptions> = {}) =>
  new Exports({
    store,
    files,
    writeFile: write,
    format: 'csv',
    concurrency: 1,
    terms,
    keepFor: 60_000,
    now: () => now,
    newId: () => (++ids).toString(16).padStart(32, '0'),
    ...more,
  });
const status = async (taskId: string) => (await store.findTask('p', taskId))?.status;
/** Waits until a task is no longer CREATING. */
const ended = (taskId: string) => vi.waitFor(async () => expect(await status(taskId)).not.toBe('CREATING'));

/** Starts an export and lets its file be written. */
async function startAndFinish({ write, finish }: ReturnType<typeof writer>) {
  const exports = create(write);
  const task = await exports.start(filter, 'en_US');
  await finish(task.taskId);
  await ended(task.taskId);
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
    await finish(task.taskId);
    await ended(task.taskId);
    expect(await store.findTask('p', task.taskId)).toMatchObject({
      status: 'SUCCESS',
      endTime: now,
      size: 4,
      sha256: 'ab',
    });
    const file = (await exports.open({ ...task, fence: 1 }))!;
    expect(file.size).toBe(4);
    await file.close();
  });

  test('fails with the reason when its file cannot be written', async () => {
    const { write, finish } = writer();
    const exports = create(write);
    const { taskId } = await exports.start(filter, 'en_US');
    await finish(taskId, new Error('no space left'));
    await ended(taskId);
    expect(await store.findTask('p', taskId)).toMatchObject({
      status: 'FAIL',
      failReason: 'The file could not be written: no space left',
      errorCode: 'WKS.00211401',
    });
  });

  test('waits its turn when as many as may run are running', async () => {
    const { write, started, finish } = writer();
    const exports = create(write, { concurrency: 2 });
    const tasks: string[] = [];
    for (let i = 0; i < 4; i++) tasks.push((await exports.start(filter, 'en_US')).taskId);
    await vi.waitFor(() => expect(started).toEqual(tasks.slice(0, 2)));
    await finish(tasks[1]!);
    await vi.waitFor(() => expect(started).toEqual([tasks[0], tasks[1], tasks[2]]));
    await exports.close();
  });
});

test('the next file begins when the rest after the last one is over', async () => {
  const { write, started, finish } = writer();
  let wake: (() => void) | undefined;
  const rest = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const exports = create(write, { rest });
  const first = await exports.start(filter, 'en_US');
  await finish(first.taskId);
  await ended(first.taskId);
  await vi.waitFor(() => expect(wake).toBeDefined());
  const next = await exports.start(filter, 'en_US');
  await exports.look();
  expect(started).toEqual([first.taskId]);
  wake!();
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
    await vi.waitFor(() => expect(started).toEqual([running.taskId]));
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
  await put(`${taskId}.0.csv`, 'complete, but nobody was told');
  await (await files.create(`${'f'.repeat(32)}.1.csv`)).write(Buffer.from('half'));

  const { write, started, finish } = writer();
  const second = create(write);
  await second.resume();
  await finish(taskId);
  await ended(taskId);
  expect(started).toEqual([taskId]);
  expect(await status(taskId)).toBe('SUCCESS');
  expect(await readdir(folder)).toEqual([expect.stringMatching(new RegExp(`^${taskId}\\.[12]\\.csv$`))]);
  await second.close();
});

test('what is no file of an export is left alone, should somebody keep other things in the same place', async () => {
  const others = ['report.csv', 'report-2026.1.csv', 'archive.tar.gz'];
  for (const name of others) await put(name);
  const exports = create(writer().write);
  await exports.resume();
  await exports.close();
  expect((await readdir(folder)).toSorted()).toEqual(others.toSorted());
});

test('tasks expire however many they are, of one project by its own clock', async () => {
  const done = (projectId: string, taskId: string): Task => ({
    ...{ projectId, taskId, fileName: 'a.csv', status: 'SUCCESS', createTime: now, endTime: now },
    ...{ isDownload: false, filter, language: 'en_US', format: 'csv', fence: 1 },
  });
  for (let index = 0; index < 230; index++) await store.addTask(done('p', `p${index}`));
  await store.addTask(done('other', 'o'));
  const exports = create(writer().write, { now: (projectId) => now + (projectId === 'p' ? 60_000 : 0) });
  await exports.expire();
  expect(await store.tasksIn('EXPIRED')).toEqual([]);
  await exports.expire('p');
  expect(await store.tasksIn('EXPIRED')).toHaveLength(230);
  expect(await store.tasksIn('SUCCESS')).toHaveLength(1);
});

describe('where files cannot be removed', () => {
  const stuck = () => {
    const denied = () => Promise.reject(new Error('access denied'));
    const broken = { ...files, remove: denied };
    return { files: broken, mend: () => Object.assign(broken, { remove: files.remove }) };
  };

  test('an export that fails ends all the same', async () => {
    const { write, finish } = writer();
    const exports = create(write, { files: stuck().files });
    const { taskId } = await exports.start(filter, 'en_US');
    await finish(taskId, new Error('access denied'));
    await ended(taskId);
    expect(await status(taskId)).toBe('FAIL');
    await exports.close();
  });

  test('tasks are deleted all the same, and their files when that is possible again', async () => {
    const { write, finish } = writer();
    const { files: broken, mend } = stuck();
    const told = vi.fn();
    const exports = create(write, { files: broken, concurrency: 2, onError: told });
    const tasks = [await exports.start(filter, 'en_US'), await exports.start(filter, 'en_US')];
    const ids = tasks.map(({ taskId }) => taskId);
    for (const id of ids) {
      await finish(id);
      await ended(id);
    }
    await exports.delete('p', ids);
    expect(await Promise.all(ids.map(status))).toEqual([undefined, undefined]);
    expect([told.mock.calls.length, (await readdir(folder)).length]).toEqual([2, 2]);
    mend();
    await exports.expire();
    expect(await readdir(folder)).toEqual([]);
    await exports.close();
  });
});

test('a task whose end cannot be stored keeps its file until somebody does it again, and takes nothing else down', async () => {
  const { write, finish } = writer();
  const told: string[] = [];
  const locked = { ...store, updateTask: () => Promise.reject(new Error('database is locked')) };
  const exports = create(write, {
    store: locked,
    onError: (error) => told.push(String(error)),
  });
  const { taskId } = await exports.start(filter, 'en_US');
  await finish(taskId);
  await vi.waitFor(() => expect(told).toEqual(['Error: database is locked']));
  expect(await readdir(folder)).toEqual([`${taskId}.1.csv`]);
  await exports.close();

  await leaseOver(taskId);
  const again = writer();
  await create(again.write).look();
  await again.finish(taskId);
  await ended(taskId);
  expect(await readdir(folder)).toEqual([`${taskId}.2.csv`]);
});

test('a task that is deleted just when its file gets its name leaves no file behind', async () => {
  const exports = create(async (_, name, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await put(name);
    throw signal.reason;
  });
  const { taskId } = await exports.start(filter, 'en_US');
  await exports.delete('p', [taskId]);
  await exports.close();
  expect(await readdir(folder)).toEqual([]);
});

describe('of two servers', () => {
  /** One whose lease is over at once, and another that takes its task over. */
  async function takenOver() {
    const [first, second] = [writer(), writer()];
    const late = create(first.write);
    const { taskId } = await late.start(filter, 'en_US');
    await vi.waitFor(() => expect(first.started).toEqual([taskId]));
    await leaseOver(taskId);
    const next = create(second.write);
    await next.look();
    await vi.waitFor(() => expect(second.started).toEqual([taskId]));
    return { first, second, late, next, taskId };
  }

  test('each does what the other does not', async () => {
    const [first, second] = [writer(), writer()];
    const [one, other] = [create(first.write), create(second.write)];
    const tasks: string[] = [];
    for (let i = 0; i < 4; i++) tasks.push((await one.start(filter, 'en_US')).taskId);
    await vi.waitFor(() => expect([...first.started, ...second.started]).toEqual(tasks.slice(0, 2)));
    expect(first.started).toHaveLength(1);
    await one.close();
    await other.close();
  });

  test('one that comes too late can neither end the task nor touch the file of the other', async () => {
    const { first, second, late, next, taskId } = await takenOver();
    await second.finish(taskId);
    await ended(taskId);
    await first.finish(taskId, undefined);
    await late.close();
    expect(await store.findTask('p', taskId)).toMatchObject({ status: 'SUCCESS', fence: 2 });
    expect(await readdir(folder)).toEqual([`${taskId}.2.csv`]);
    await next.close();
  });

  test('one that is late and fails does not fail the task', async () => {
    const { first, second, late, next, taskId } = await takenOver();
    await first.finish(taskId, new Error('no space left'));
    await late.close();
    expect(await status(taskId)).toBe('CREATING');
    await second.finish(taskId);
    await ended(taskId);
    expect(await status(taskId)).toBe('SUCCESS');
    await next.close();
  });

  test('one that has lost its task learns of it when it looks, and stops', async () => {
    const { late, next, taskId, second } = await takenOver();
    await late.look();
    await late.close();
    expect(await readdir(folder)).toEqual([]);
    await second.finish(taskId);
    await ended(taskId);
    await next.close();
  });

  test('one that cannot reach the store stops when its lease is over', async () => {
    let elapsed = 0;
    const lost = { ...store, renewTasks: () => Promise.reject(new Error('no connection')) };
    const [begun, stopped] = [vi.fn(), vi.fn()];
    const write: WriteFile = (_task, _name, signal) =>
      new Promise((_, reject) => {
        begun();
        signal.addEventListener('abort', () => {
          stopped();
          reject(signal.reason);
        });
      });
    const exports = create(write, { store: lost, elapsed: () => elapsed });
    await exports.start(filter, 'en_US');
    await vi.waitFor(() => expect(begun).toHaveBeenCalled());
    elapsed = terms.lease;
    await exports.look();
    expect(stopped).not.toHaveBeenCalled();
    elapsed++;
    await exports.look();
    expect(stopped).toHaveBeenCalledOnce();
    await exports.close();
  });

  test('one that loses the store in the middle of a file leaves the task to be done again', async () => {
    const { write, finish } = writer();
    const told = vi.fn();
    const exports = create(write, { onError: told });
    const { taskId } = await exports.start(filter, 'en_US');
    await finish(taskId, new ExportError('Connection terminated', true));
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
    await exports.close();
    expect(await status(taskId)).toBe('CREATING');
    await leaseOver(taskId);
    const again = writer();
    const next = create(again.write);
    await next.look();
    await again.finish(taskId);
    await ended(taskId);
    expect(await status(taskId)).toBe('SUCCESS');
  });
});

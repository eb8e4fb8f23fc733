import { describe, expect, test, vi } from 'vitest';
import type { Store, Task, TaskFilter, Terms } from './store.ts';

const first = { offset: 0, limit: 100 };

/** A task of p1, created so many milliseconds after 1970. */
export function task(taskId: string, createTime: number, fields: Partial<Task> = {}): Task {
  return {
    projectId: 'p1',
    taskId,
    fileName: `${taskId}.xlsx`,
    status: 'CREATING',
    createTime,
    isDownload: false,
    filter: { projectId: 'p1', from: 0, to: 1, terminalType: 'Windows', minRtt: 0 },
    language: 'en_US',
    format: 'xlsx',
    fence: 0,
    ...fields,
  };
}

/** A task of p1 as its holder knows it. */
export const hold = (taskId: string, fence = 0) => ({ projectId: 'p1', taskId, fence });

const long = { lease: 60_000, perProject: 10, inAll: 10 };

/** Declares what a store has to do with tasks. */
export function describeTasks(store: () => Store): void {
  describe('keeps tasks', () => {
    const add = async (...tasks: Task[]) => {
      for (const one of tasks) await store().addTask(one);
    };
    const ids = async (filter: Partial<TaskFilter>) => {
      const { tasks, total } = await store().listTasks({ projectId: 'p1', ...filter }, first);
      expect(total, 'the total is that of the filter').toBe(tasks.length);
      return tasks.map((one) => one.taskId).join(' ');
    };

    test('and gives them back as they came', async () => {
      const ended = { endTime: 9, failReason: '磁盘已满', errorCode: 'WKS.1', size: 0, sha256: 'ab' };
      const full = task('full', 2, { ...ended, status: 'FAIL', isDownload: true });
      await add(task('bare', 1), full);
      expect(await store().findTask('p1', 'bare')).toStrictEqual(task('bare', 1));
      expect(await store().findTask('p1', 'full')).toStrictEqual(full);
      expect(await store().findTask('p1', 'other')).toBeUndefined();
    });

    test('and refuses a second one with the same id', async () => {
      await add(task('a', 1));
      await expect(store().addTask(task('a', 2))).rejects.toThrow();
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1));
    });

    test('and lists them by id, by exact file name, by status and by whether they were downloaded', async () => {
      await add(task('a', 1, { isDownload: true }), task('b', 2, { status: 'SUCCESS' }), task('c', 3));
      expect(await ids({ taskId: 'b' })).toBe('b');
      expect(await ids({ fileName: 'c.xlsx' })).toBe('c');
      expect(await ids({ fileName: '%.xlsx' })).toBe('');
      expect(await ids({ status: 'CREATING' })).toBe('c a');
      expect(await ids({ isDownload: true })).toBe('a');
      expect(await ids({ isDownload: false })).toBe('c b');
      expect(await ids({ isDownload: false, status: 'CREATING' })).toBe('c');
    });

    test('and lists the newest first, the oldest first when asked to, and equals as they were added', async () => {
      await add(task('b', 2), task('a', 1), task('d', 3), task('c', 3));
      expect(await ids({})).toBe('c d b a');
      expect(await ids({ order: 'DESC' })).toBe('c d b a');
      expect(await ids({ order: 'ASC' })).toBe('a b d c');
    });

    test('and lists them in pages that lose none and repeat none', async () => {
      for (let index = 0; index < 7; index++) await add(task(`t${index}`, index % 2));
      const pages: string[] = [];
      for (const offset of [0, 3, 6, 9]) {
        const { tasks, total } = await store().listTasks({ projectId: 'p1' }, { offset, limit: 3 });
        expect(total).toBe(7);
        pages.push(...tasks.map((one) => one.taskId));
      }
      expect(pages).toEqual(['t5', 't3', 't1', 't6', 't4', 't2', 't0']);
    });

    test('and counts those of every project in each status, and tells when the oldest was created', async () => {
      expect(await store().countTasks()).toEqual([]);
      await add(task('a', 3), task('b', 2, { projectId: 'p2' }), task('c', 1, { status: 'FAIL' }));
      const counts = await store().countTasks();
      expect(counts.toSorted((one, other) => one.oldest - other.oldest)).toEqual([
        { status: 'FAIL', count: 1, oldest: 1 },
        { status: 'CREATING', count: 2, oldest: 2 },
      ]);
    });

    test('and changes one only while it is in the status that is expected', async () => {
      await add(task('a', 1));
      const done = { status: 'SUCCESS', endTime: 5, size: 10, sha256: 'cd' } as const;
      expect(await store().updateTask(hold('a'), 'CREATING', done)).toBe(true);
      expect(await store().updateTask(hold('a'), 'CREATING', { status: 'FAIL' })).toBe(false);
      expect(await store().updateTask(hold('none'), 'CREATING', { status: 'FAIL' })).toBe(false);
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1, done));
    });

    test('and of two changes at the same time only one is made', async () => {
      await add(task('a', 1));
      const change = (status: 'SUCCESS' | 'FAIL') => store().updateTask(hold('a'), 'CREATING', { status });
      expect((await Promise.all([change('SUCCESS'), change('FAIL')])).filter(Boolean)).toHaveLength(1);
    });

    test('and a change to undefined, or of what a task is known by, changes nothing', async () => {
      await add(task('a', 1, { endTime: 4 }));
      const changes = { endTime: undefined, taskId: 'b', projectId: 'p2' };
      expect(await store().updateTask(hold('a'), 'CREATING', changes)).toBe(true);
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1, { endTime: 4 }));
    });

    test('and finds those of every project in a status, oldest first', async () => {
      await add(task('b', 2), task('a', 1, { projectId: 'p2' }), task('c', 0, { status: 'FAIL' }));
      expect((await store().tasksIn('CREATING')).map((one) => one.taskId)).toEqual(['a', 'b']);
      expect(await store().tasksIn('EXPIRED')).toEqual([]);
    });

    test('and finds those of one project or of all that ended long enough ago, the first to end first, and so many', async () => {
      const done = (taskId: string, endTime: number, fields: Partial<Task> = {}) =>
        task(taskId, 0, { status: 'SUCCESS', endTime, ...fields });
      await add(done('c', 3), done('b', 2, { projectId: 'p2' }), done('a', 1), done('d', 4));
      await add(task('failed', 0, { status: 'FAIL', endTime: 1 }), task('waiting', 0));
      const found = async (endedBy: number, projectId?: string, limit = 10) =>
        (await store().tasksToExpire({ endedBy, projectId, limit })).map((one) => one.taskId).join(' ');
      expect(await found(3)).toBe('a b c');
      expect(await found(3, 'p1')).toBe('a c');
      expect(await found(4, undefined, 2)).toBe('a b');
      expect(await found(0)).toBe('');
    });

    test('and marks one as downloaded', async () => {
      await add(task('a', 1), task('b', 2));
      await store().markDownloaded('p1', 'a');
      expect(await ids({ isDownload: true })).toBe('a');
    });

    test('and deletes those that there are, whatever their status, and gives them back', async () => {
      await add(task('a', 1), task('b', 2, { status: 'SUCCESS' }), task('c', 3));
      const deleted = await store().deleteTasks('p1', ['b', 'none', 'a', 'b']);
      expect(deleted).toEqual([task('b', 2, { status: 'SUCCESS' }), task('a', 1)]);
      expect(await ids({})).toBe('c');
      expect(await store().updateTask(hold('a'), 'CREATING', { status: 'SUCCESS' })).toBe(false);
    });

    test('and another project can neither see, mark nor delete them', async () => {
      await add(task('a', 1));
      expect(await store().findTask('p2', 'a')).toBeUndefined();
      expect(await ids({ projectId: 'p2' })).toBe('');
      expect(await ids({ projectId: 'p2', taskId: 'a' })).toBe('');
      await store().markDownloaded('p2', 'a');
      expect(await store().deleteTasks('p2', ['a'])).toEqual([]);
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1));
    });
  });

  describe('lets tasks be taken', () => {
    const add = async (...tasks: Task[]) => {
      for (const one of tasks) await store().addTask(one);
    };
    const of = (projectId: string, ...ids: string[]) =>
      ids.map((id, index) => task(id, index, { projectId }));
    const take = (terms: Partial<Terms> = {}) => store().takeTask({ ...long, ...terms });
    /** The ids of the next tasks, until there is none. */
    async function order(terms: Partial<Terms> = {}) {
      const ids: string[] = [];
      for (let taken = await take(terms); taken; taken = await take(terms)) ids.push(taken.taskId);
      return ids.join(' ');
    }
    const end = (taken: Task | undefined, status: 'SUCCESS' | 'FAIL' = 'SUCCESS') =>
      store().updateTask(taken!, 'CREATING', { status });

    test('in the order in which they were added, each once, and no other than CREATING ones', async () => {
      await add(task('b', 2), task('done', 0, { status: 'SUCCESS' }), task('a', 1), task('c', 3));
      expect(await take()).toEqual(task('b', 2, { fence: 1 }));
      expect(await order()).toBe('a c');
    });

    test('by several at once, none of them the same', async () => {
      await add(...of('p1', 'a', 'b', 'c'));
      const taken = await Promise.all(Array.from({ length: 5 }, () => take()));
      expect(taken.flatMap((one) => one?.taskId ?? []).toSorted()).toEqual(['a', 'b', 'c']);
    });

    test('again when their lease is over, under a higher fence', async () => {
      await add(task('a', 1));
      expect((await take({ lease: 0 }))!.fence).toBe(1);
      expect((await take())!.fence).toBe(2);
      expect(await take()).toBeUndefined();
      expect((await store().findTask('p1', 'a'))!.fence).toBe(2);
    });

    test('and ended by the one alone that took them last, once', async () => {
      await add(task('a', 1));
      const [first, second] = [await take({ lease: 0 }), await take({ lease: 0 })];
      expect(await end(first, 'FAIL')).toBe(false);
      expect(await end(second)).toBe(true);
      expect(await end(second, 'FAIL')).toBe(false);
      expect(await take()).toBeUndefined();
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1, { status: 'SUCCESS', fence: 2 }));
    });

    test('and held for longer, or let go of, as long as nobody else has taken, ended or deleted them', async () => {
      await add(...of('p1', 'kept', 'lost', 'ended', 'deleted'));
      const held = [];
      for (let i = 0; i < 4; i++) held.push((await take())!);
      await store().renewTasks([held[1]!], 0);
      expect((await take())!.taskId).toBe('lost');
      await end(held[2]);
      await store().deleteTasks('p1', ['deleted']);
      expect(await store().renewTasks(held, 60_000)).toEqual(['kept']);
      expect(await store().renewTasks([held[0]!], 0)).toEqual(['kept']);
      expect(await order()).toBe('kept');
      expect(await store().renewTasks([], 0)).toEqual([]);
    });

    test('so that projects take turns, whoever came first and however many they add', async () => {
      await add(...of('p1', 'a1', 'a2', 'a3', 'a4'));
      expect((await take())!.taskId).toBe('a1');
      await add(...of('p2', 'b1', 'b2'), ...of('p3', 'c1'));
      expect(await order()).toBe('a2 b1 c1 a3 b2 a4');
    });

    test('no more of a project at once than its share, and no more in all', async () => {
      await add(...of('p1', 'a1', 'a2', 'a3'), ...of('p2', 'b1', 'b2'));
      expect(await order({ perProject: 1 })).toBe('a1 b1');
      expect(await order({ inAll: 2 })).toBe('');
      expect(await order({ inAll: 3 })).toBe('a2');
      expect(await order({ perProject: 2 })).toBe('b2');
      expect(await order()).toBe('a3');
    });

    test('and an export that ends, or whose lease is over, makes room for the next', async () => {
      await add(...of('p1', 'a', 'b', 'c'));
      const one = { perProject: 1 };
      const first = await take(one);
      expect(await take(one)).toBeUndefined();
      await end(first);
      const second = await take({ ...one, lease: 0 });
      expect(second!.taskId).toBe('b');
      expect((await take(one))!.taskId).toBe('b');
    });
  });

  test('tells the project whose tasks change, and no longer once nobody asks', async () => {
    const told: string[] = [];
    const stop = store().onChange((projectId) => told.push(projectId));
    const news = (count: number) => vi.waitFor(() => expect(told).toHaveLength(count));
    await store().addTask(task('a', 1));
    await news(1);
    await store().updateTask(hold('a'), 'CREATING', { status: 'SUCCESS' });
    await store().updateTask(hold('a'), 'CREATING', { status: 'FAIL' });
    await news(2);
    await store().deleteTasks('p1', ['none']);
    await store().deleteTasks('p1', ['a']);
    await news(3);
    await store().addTask(task('b', 1, { projectId: 'p2' }));
    await news(4);
    expect(told).toEqual(['p1', 'p1', 'p1', 'p2']);
    stop();
    await store().addTask(task('c', 1));
    await store().findTask('p1', 'c');
    expect(told).toHaveLength(4);
  });
}

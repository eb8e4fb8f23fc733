import { describe, expect, test } from 'vitest';
import type { Store, Task, TaskFilter } from './store.ts';

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
    ...fields,
  };
}

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
      expect(await store().updateTask('a', 'CREATING', done)).toBe(true);
      expect(await store().updateTask('a', 'CREATING', { status: 'FAIL' })).toBe(false);
      expect(await store().updateTask('none', 'CREATING', { status: 'FAIL' })).toBe(false);
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1, done));
    });

    test('and of two changes at the same time only one is made', async () => {
      await add(task('a', 1));
      const change = (status: 'SUCCESS' | 'FAIL') => store().updateTask('a', 'CREATING', { status });
      expect((await Promise.all([change('SUCCESS'), change('FAIL')])).filter(Boolean)).toHaveLength(1);
    });

    test('and a change to undefined, or of what a task is known by, changes nothing', async () => {
      await add(task('a', 1, { endTime: 4 }));
      const changes = { endTime: undefined, taskId: 'b', projectId: 'p2' };
      expect(await store().updateTask('a', 'CREATING', changes)).toBe(true);
      expect(await store().findTask('p1', 'a')).toEqual(task('a', 1, { endTime: 4 }));
    });

    test('and finds those of every project in a status, oldest first', async () => {
      await add(task('b', 2), task('a', 1, { projectId: 'p2' }), task('c', 0, { status: 'FAIL' }));
      expect((await store().tasksIn('CREATING')).map((one) => one.taskId)).toEqual(['a', 'b']);
      expect(await store().tasksIn('EXPIRED')).toEqual([]);
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
      expect(await store().updateTask('a', 'CREATING', { status: 'SUCCESS' })).toBe(false);
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
}

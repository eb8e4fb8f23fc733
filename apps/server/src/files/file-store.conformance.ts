// What every place for files has to pass. A new one runs `describeFileStore` in a test file of its own.
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FileStore } from './file-store.ts';

/** Declares the tests of a place for files; `open` gives an empty one each time, and then again the same one, as another server would see it. */
export function describeFileStore(name: string, open: () => Promise<[FileStore, FileStore]>): void {
  describe(`${name} as a place for files`, () => {
    let files: FileStore;
    let elsewhere: FileStore;
    beforeEach(async () => {
      [files, elsewhere] = await open();
    });

    const bytes = randomBytes(300_000);
    const begin = async (file: string, content = bytes) => {
      const begun = await files.create(file);
      for (let at = 0; at < content.length; at += 70_000)
        await begun.write(content.subarray(at, at + 70_000));
      return begun;
    };
    const put = async (file: string, content = bytes) => (await begin(file, content)).publish();
    const read = async (file: string, range?: { start: number; end: number }) => {
      const found = await elsewhere.open(file);
      return found && buffer(found.read(range ?? { start: 0, end: found.size - 1 }));
    };

    test('tells the size and the digest of a file, and gives it back everywhere', async () => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await put('a.csv')).toEqual({ size: bytes.length, sha256 });
      const found = (await elsewhere.open('a.csv'))!;
      expect(found.size).toBe(bytes.length);
      await found.close();
      expect((await read('a.csv'))!.equals(bytes)).toBe(true);
    });

    test('gives a part of it, its first and its last byte included', async () => {
      await put('a.csv');
      expect(await read('a.csv', { start: 0, end: 0 })).toEqual(bytes.subarray(0, 1));
      expect(await read('a.csv', { start: 100_000, end: 200_000 })).toEqual(bytes.subarray(100_000, 200_001));
    });

    test('shows nobody a file before it is complete', async () => {
      const file = await begin('a.csv');
      expect(await elsewhere.open('a.csv')).toBeUndefined();
      await file.publish();
      expect(await read('a.csv')).toEqual(bytes);
    });

    test('has nothing left of a file that was discarded', async () => {
      await (await begin('a.csv')).discard();
      expect(await elsewhere.open('a.csv')).toBeUndefined();
      expect(await files.list()).toEqual([]);
    });

    test('lists files, published or half written', async () => {
      expect(await files.list()).toEqual([]);
      await put('a.csv');
      const half = await begin('b.1.xlsx');
      const listed = (await elsewhere.list()).toSorted();
      expect(listed.filter((name) => name !== 'b.1.xlsx')).toEqual(['a.csv']);
      await half.discard();
    });

    test('removes a file, published or half written, and no other; and one that is not there, too', async () => {
      await put('a.csv');
      await put('a.csv.b');
      await elsewhere.remove('a.csv');
      await elsewhere.remove('a.csv');
      await begin('half.csv');
      await elsewhere.remove('half.csv');
      expect(await files.list()).toEqual(['a.csv.b']);
      expect(await files.open('a.csv')).toBeUndefined();
    });

    test('tells whether a file can be written, and leaves nothing under a name that a task could have', async () => {
      await files.check();
      await files.check();
      const left = await files.list();
      expect(left.filter((name) => /^[\w-]/.test(name))).toEqual([]);
    });

    test('begins a file anew that an earlier attempt has left', async () => {
      await begin('a.csv');
      await put('a.csv', Buffer.from('rows'));
      expect(String(await read('a.csv'))).toBe('rows');
    });

    test('reads on to the end of a file that is removed meanwhile, or says that it is gone', async () => {
      await put('a.csv');
      const found = (await elsewhere.open('a.csv'))!;
      await files.remove('a.csv');
      const content = await buffer(found.read({ start: 0, end: found.size - 1 })).catch(() => undefined);
      expect(content === undefined || content.equals(bytes)).toBe(true);
    });
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Column, columns } from './columns.ts';
import { openRows } from './rows.ts';
import { openSqliteStore, openTemporaryStore } from './sqlite.ts';
import { describeStore } from './store.conformance.ts';
import { hold, task } from './tasks.conformance.ts';

describeStore('SQLite', openTemporaryStore);

const everything = { projectId: 'p1', from: 0, to: Number.MAX_SAFE_INTEGER };
const records = Array.from({ length: 5 }, (_, index) => ({
  transaction_id: `id ${index}`,
  connection_start_time: `2026-02-03T01:00:0${index}Z`,
  is_reconnect: index > 0,
}));

describe('a SQLite store in a folder', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'connection-records-test-'));
    folder = join(parent, 'data');
  });
  afterEach(() => rm(parent, { recursive: true }));

  test('makes the folder, for its owner alone', async () => {
    await (await openSqliteStore(folder)).close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('has its records and tasks again when it is opened again', async () => {
    const before = await openSqliteStore(folder);
    await before.addRecords('p1', records);
    await before.addTask(task('a', 1));
    await before.updateTask(hold('a'), 'CREATING', { status: 'SUCCESS' });
    await before.close();
    const after = await openSqliteStore(folder);
    expect((await after.listRecords(everything, { offset: 0, limit: 9 })).records).toEqual(records);
    expect(await after.findTask('p1', 'a')).toEqual(task('a', 1, { status: 'SUCCESS' }));
    await after.close();
  });

  test('has a task again whose process was killed right after it was added', async () => {
    const script = `
      import { openSqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
      const store = await openSqliteStore(${JSON.stringify(folder)});
      await store.addTask(${JSON.stringify(task('a', 1))});
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const store = await openSqliteStore(folder);
    expect(await store.tasksIn('CREATING')).toEqual([task('a', 1)]);
    await store.close();
  });

  test('gives out again at once what a process held that is no longer there', async () => {
    const terms = { lease: 60_000, perProject: 1, inAll: 1 };
    const before = await openSqliteStore(folder);
    await before.addTask(task('a', 1));
    expect((await before.takeTask(terms))!.fence).toBe(1);
    await before.close();
    const after = await openSqliteStore(folder);
    expect((await after.takeTask(terms))!.fence).toBe(2);
    await after.close();
  });

  test('removes what is older than a time to the millisecond', async () => {
    const store = await openSqliteStore(folder);
    await store.addRecords('p1', records);
    await store.removeRecordsBefore(Date.parse('2026-02-03T01:00:02Z'));
    const { records: left } = await store.listRecords(everything, { offset: 0, limit: 9 });
    expect(left).toEqual(records.slice(2));
    await store.close();
  });

  test('is refused when a newer server wrote it, and left as it was', async () => {
    await (await openSqliteStore(folder)).close();
    const database = new DatabaseSync(join(folder, 'connection-records.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(openSqliteStore(folder)).rejects.toThrow(
      /has version 99, and this server knows versions up to 2\. Start the newer server/,
    );
  });

  test('refuses a list when it is closed', async () => {
    const store = await openSqliteStore(folder);
    await store.close();
    await expect(store.listRecords(everything, { offset: 0, limit: 1 })).rejects.toThrow(
      'The store is closed.',
    );
  });

  test('passes on why a list failed, and answers the next', async () => {
    const store = await openSqliteStore(folder);
    await store.addRecords('p1', records);
    const wrong = { ...everything, userName: {} as string };
    await expect(store.listRecords(wrong, { offset: 0, limit: 1 })).rejects.toThrow(/bound/);
    expect((await store.listRecords(everything, { offset: 0, limit: 1 })).total).toBe(5);
    await store.close();
  });
});

describe('the rows of a SQLite store', () => {
  test('come in batches, with the values of the columns that were asked for', async () => {
    const store = await openTemporaryStore();
    await store.addRecords('p1', records);
    const rows = openRows(store.folder);
    const asked: Column[] = ['is_reconnect', 'transaction_id', 'e2e_rtt'];
    const batches = [...rows.readRows(everything, { columns: asked, batchSize: 2 })];
    expect(batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
    expect(batches.flat().slice(0, 2)).toEqual([
      [0, 'id 0', null],
      [1, 'id 1', null],
    ]);
    expect([...rows.readRows({ ...everything, userName: 'nobody' })]).toEqual([]);
    rows.close();
    await store.close();
  });

  test('have the columns of the contract, in its order', async () => {
    const { default: bundle } = await import('@connection-records/openapi/openapi.json', {
      with: { type: 'json' },
    });
    expect(columns).toEqual(Object.keys(bundle.components.schemas.ConnectionRecord.properties));
  });
});

test('a temporary store leaves nothing behind', async () => {
  const store = await openTemporaryStore();
  await store.close();
  expect(existsSync(store.folder)).toBe(false);
});

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeFileStore } from './file-store.conformance.ts';
import { openFiles } from './file-store.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'folder-'));
});
afterEach(() => rm(parent, { recursive: true }));
const url = () => pathToFileURL(join(parent, 'a folder')).href;

describeFileStore('a folder', async () => [await openFiles(url()), await openFiles(url())]);

test('the folder is made, for its owner alone', async () => {
  await openFiles(url());
  expect((await stat(join(parent, 'a folder'))).mode & 0o777).toBe(0o700);
});

test('another kind of place is refused', async () => {
  await expect(openFiles('ftp://host/folder')).rejects.toThrow(
    'Files cannot be kept by ftp. Give file:///folder or s3://bucket/prefix.',
  );
});

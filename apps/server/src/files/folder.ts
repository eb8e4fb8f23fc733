import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileStore } from './file-store.ts';
import { PublishedFile, partialPath } from './published-file.ts';

/** A disk may take a byte more and no file: what is tried is as large as what is written of a file at once. */
const trial = Buffer.alloc(64 * 1024);

/** Files in a folder, which several servers may share. It is made if there is none. */
export async function openFolder(url: string): Promise<FileStore> {
  const folder = fileURLToPath(url);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (name: string) => join(folder, name);
  return {
    create: async (name) => new PublishedFile(pathOf(name)),
    async open(name) {
      const file = await open(pathOf(name)).catch(ifMissing);
      if (!file) return undefined;
      const { size } = await file.stat();
      return {
        size,
        read: (range) => file.createReadStream(range),
        close: () => file.close(),
      };
    },
    async remove(name) {
      await rm(partialPath(pathOf(name)), { force: true });
      await rm(pathOf(name), { force: true });
    },
    check: () => check(folder),
    list: async () => [...new Set((await readdir(folder)).map((name) => name.replace(/\.partial$/, '')))],
  };
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** What it tries that with is gone afterwards. */
async function check(folder: string) {
  const path = join(folder, `.trial-${randomUUID()}`);
  try {
    await writeFile(path, trial, { flush: true });
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

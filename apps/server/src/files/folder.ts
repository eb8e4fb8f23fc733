import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileStore } from './file-store.ts';
import { PublishedFile, partialPath } from './published-file.ts';

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
    list: async () => [...new Set((await readdir(folder)).map((name) => name.replace(/\.partial$/, '')))],
  };
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

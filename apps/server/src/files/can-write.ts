import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A disk may take a byte more and no file: what is tried is as large as what is written of a file at once. */
const trial = Buffer.alloc(64 * 1024);

/** Rejects unless a file can be written in the folder. What it tries that with is gone afterwards. */
export async function checkFolder(folder: string): Promise<void> {
  const path = join(folder, `.trial-${randomUUID()}`);
  try {
    await writeFile(path, trial, { flush: true });
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is known of a finished file: its size in bytes, and its SHA-256 in hexadecimal digits. */
export interface FinishedFile {
  size: number;
  sha256: string;
}

/** Where a file is while it is being written. What a crash leaves there is never offered to anyone, and may be removed. */
export function partialPath(path: string): string {
  return `${path}.partial`;
}

/** A file that appears under its name only when it is complete and on the disk. */
export class PublishedFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #size = 0;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Begins to write. What an earlier attempt has left is overwritten. */
  static async create(path: string): Promise<PublishedFile> {
    return new PublishedFile(path, await open(partialPath(path), 'w'));
  }

  /** Adds bytes. One call at a time. */
  async write(bytes: Uint8Array): Promise<void> {
    const written = this.#handle.writeFile(bytes);
    // While the system writes.
    this.#hash.update(bytes);
    this.#size += bytes.length;
    await written;
  }

  /** Gives the file its name, once everything in it would survive a loss of power. */
  async publish(): Promise<FinishedFile> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(partialPath(this.#path), this.#path);
    await syncFolder(dirname(this.#path));
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await rm(partialPath(this.#path), { force: true });
  }
}

/** The new name is an entry of the folder, and as safe as the folder is. Windows cannot open one. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FinishedFile, NewFile } from './file-store.ts';

/** Where a file is while it is being written. What a crash leaves there is never offered to anyone, and may be removed. */
export function partialPath(path: string): string {
  return `${path}.partial`;
}

/**
 * A file that appears under its name only when it is complete and on the disk. It keeps its thread waiting, which is one that does
 * nothing else: a small file is made of ten calls of the system, and each of them would pass through two more threads.
 */
export class PublishedFile implements NewFile {
  readonly #path: string;
  readonly #hash = createHash('sha256');
  #file: number | undefined;
  #size = 0;

  /** Begins to write. What an earlier attempt has left is overwritten. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(partialPath(path), 'w');
  }

  /** Adds bytes. */
  write(bytes: Uint8Array): void {
    writeFileSync(this.#open(), bytes);
    this.#hash.update(bytes);
    this.#size += bytes.length;
  }

  /** Gives the file its name, once everything in it would survive a loss of power. */
  publish(): FinishedFile {
    fsyncSync(this.#open());
    this.#close();
    renameSync(partialPath(this.#path), this.#path);
    syncFolder(dirname(this.#path));
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }

  /** Removes what was written. */
  discard(): void {
    this.#close();
    rmSync(partialPath(this.#path), { force: true });
  }

  #open(): number {
    if (this.#file === undefined) throw new Error('The file is closed.');
    return this.#file;
  }

  #close() {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** The new name is an entry of the folder, and as safe as the folder is. Windows cannot open one. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

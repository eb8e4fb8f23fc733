import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { DownloadError, type ExportFile } from '../download.ts';

/** How to save a file. */
export interface SaveOptions {
  /** Ends it. The promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How often a download that cannot be continued is made again from its beginning; twice unless given. */
  restarts?: number | undefined;
}

/** A file that has been saved. */
export interface SavedFile {
  path: string;
  /** Its size in bytes. */
  size: number;
  /** Whether its SHA-256 was the one that the service said; false if the service says none. */
  verified: boolean;
}

/**
 * Saves an exported file. It is written beside its place under a temporary name, to the disk, and has its own name only when it is
 * complete: what was there before stays until then, and after an error nothing is left behind. Its length and, where the service says
 * it, its SHA-256 are checked; a download that cannot be continued, or was wrong, is made again from its beginning.
 *
 * @param path Where to: a file, or a folder that exists, in which the file then has the name of the export.
 * @throws DownloadError if the file could not be got whole and right; ApiError if the service refuses it meanwhile; the error of the
 * file system if it cannot be written.
 * @example await saveTo(await exportConnectionRecords(client, { language: 'zh_CN' }), 'records.xlsx')
 */
export async function saveTo(
  file: ExportFile,
  path: string,
  { signal, restarts = 2 }: SaveOptions = {},
): Promise<SavedFile> {
  const place = (await isFolder(path)) ? join(path, file.fileName) : path;
  const folder = dirname(place);
  const temporary = join(folder, `.${randomUUID()}.part`);
  for (let source = file, tries = 0; ; tries++) {
    try {
      const size = await write(source, temporary, signal);
      await rename(temporary, place);
      await syncFolder(folder);
      return { path: place, size, verified: source.sha256 !== undefined };
    } catch (error) {
      await rm(temporary, { force: true });
      if (!(error instanceof DownloadError) || tries >= restarts) throw error;
      signal?.throwIfAborted();
      source = await source.again();
    }
  }
}

/** Writes a file to the disk, and makes sure that it is what the service said. */
async function write(file: ExportFile, path: string, signal: AbortSignal | undefined): Promise<number> {
  const reader = file.stream.getReader();
  const stop = () => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener('abort', stop);
  let handle: FileHandle | undefined;
  try {
    signal?.throwIfAborted();
    const out = await open(path, 'wx');
    handle = out;
    const hash = file.sha256 === undefined ? undefined : createHash('sha256');
    let size = 0;
    // The next piece arrives while this one is written.
    let writing: Promise<unknown> = Promise.resolve();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      await writing;
      const piece = read.value;
      writing = writeAll(out, piece, size);
      // Until it is awaited, nobody else looks at it.
      writing.catch(() => {});
      hash?.update(piece);
      size += piece.length;
    }
    await writing;
    // A stream that is cancelled ends as if it were whole.
    signal?.throwIfAborted();
    if (hash && hash.digest('hex') !== file.sha256)
      throw new DownloadError('DIGEST', file.taskId, size, 'has another SHA-256 than the service said');
    await out.sync();
    return size;
  } catch (error) {
    reader.cancel(error).catch(() => {});
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await handle?.close();
  }
}

/** One write may take only part of the bytes. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

const isFolder = async (path: string) =>
  path.endsWith('/') ||
  path.endsWith(sep) ||
  Boolean((await stat(path).catch(() => undefined))?.isDirectory());

/** Makes the new name last through a loss of power, where the system can: Windows cannot open a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

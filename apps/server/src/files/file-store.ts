import type { Readable } from 'node:stream';
import { openFolder } from './folder.ts';

/** What is known of a finished file: its size in bytes, and its SHA-256 in hexadecimal digits. */
export interface FinishedFile {
  size: number;
  sha256: string;
}

/** A file that is being written. Nobody finds it before it is published, and nothing of it is left once it is discarded. */
export interface NewFile {
  /** Adds bytes, which belong to the caller again once this is done. */
  write(bytes: Uint8Array): Promise<void> | void;
  /** Gives the file its name, once everything in it would survive a loss of power. */
  publish(): Promise<FinishedFile> | FinishedFile;
  /** Removes what was written. */
  discard(): Promise<void> | void;
}

/** A file that is there to be read. Read it or close it, once. */
export interface StoredFile {
  /** In bytes. */
  size: number;
  /** Its bytes from the first to the last of these, both included. */
  read(range: { start: number; end: number }): Readable;
  close(): Promise<void>;
  /** An address at which anybody can download the file for a few minutes, with these headers. Only object storage has one. */
  link?(headers: { disposition: string; mediaType: string }): Promise<string>;
}

/**
 * Where the files of exports are kept, for all servers and threads that open it. `file-store.conformance.ts` is what each has to pass. Names
 * are flat: letters, digits, `.` and `-`.
 */
export interface FileStore {
  /** Begins a file. What an earlier attempt has left under the name is given up. */
  create(name: string): Promise<NewFile>;
  /** Opens a file that was published; undefined if there is none. */
  open(name: string): Promise<StoredFile | undefined>;
  /** Removes a file, published or half written, if there is one. */
  remove(name: string): Promise<void>;
  /** The names of all files, published and half written. */
  list(): Promise<string[]>;
  /** Rejects unless a file can be written, which it tries. */
  check(): Promise<void>;
}

/** Opens the files at a URL: `file:///folder` or `s3://bucket/prefix`. @throws if the URL is none that this server knows. */
export async function openFiles(url: string): Promise<FileStore> {
  if (url.startsWith('file:')) return openFolder(url);
  // The SDK takes a while to load.
  if (url.startsWith('s3:')) return (await import('./s3.ts')).openBucket(url);
  // Not the whole of it: there may be a password in it.
  throw new Error(`Files cannot be kept by ${url.split(':')[0]}. Give file:///folder or s3://bucket/prefix.`);
}

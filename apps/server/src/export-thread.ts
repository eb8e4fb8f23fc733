import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Language } from '@connection-records/types';
import type { WriteFile } from './exports.ts';
import { partialPath } from './files/index.ts';
import type { FileFormat, RecordFilter } from './store/store.ts';

/** What the thread is told. */
export interface ExportJob {
  /** The folder of the store. */
  folder: string;
  filter: RecordFilter;
  format: FileFormat;
  language: Language;
  path: string;
}

/** The thread runs in the language of this very file: JavaScript once built, TypeScript in its tests. */
const entry = new URL(`./export-worker${extname(import.meta.url)}`, import.meta.url);

/** Writes each file in a thread of its own, so that no request waits for it. */
export function writeInThread(folder: string): WriteFile {
  return async ({ filter, format, language }, path, signal) => {
    const workerData: ExportJob = { folder, filter, format, language, path };
    const worker = new Worker(entry, { workerData });
    try {
      const [file] = (await once(worker, 'message', { signal })) as [{ size: number; sha256: string }];
      return file;
    } finally {
      await worker.terminate();
      await rm(partialPath(path), { force: true });
    }
  };
}

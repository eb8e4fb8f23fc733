import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Language } from '@connection-records/types';
import { partialPath } from './files/index.ts';
import type { CountedWriteFile, Written } from './observe/index.ts';
import type { FileFormat, RecordFilter } from './store/store.ts';

/** What a thread is told. */
export interface ExportJob {
  filter: RecordFilter;
  format: FileFormat;
  language: Language;
  path: string;
}

/** What it says when it is done. */
export type ExportAnswer = { file: Written; problem?: never } | { problem: string; file?: never };

/** The threads run in the language of this very file: JavaScript once built, TypeScript in its tests. */
const entry = new URL(`./export-worker${extname(import.meta.url)}`, import.meta.url);

/** Writes each file in a thread, so that no request waits for it. A thread that is done waits for the next file. */
export function exportThreads(folder: string): { writeFile: CountedWriteFile; close: () => Promise<void> } {
  const idle: Worker[] = [];
  // Whoever waits for an answer hears of an error as well; a thread that is idle and fails is only missed.
  const start = () => new Worker(entry, { workerData: folder }).on('error', () => undefined);

  const writeFile: CountedWriteFile = async ({ filter, format, language }, path, signal) => {
    const worker = idle.pop() ?? start();
    try {
      signal.throwIfAborted();
      worker.postMessage({ filter, format, language, path } satisfies ExportJob);
      const [{ file, problem }] = (await once(worker, 'message', { signal })) as [ExportAnswer];
      if (!file) throw new Error(problem);
      idle.push(worker);
      return file;
    } catch (error) {
      await worker.terminate();
      await rm(partialPath(path), { force: true });
      throw error;
    }
  };
  const close = async () => {
    await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
  };
  return { writeFile, close };
}

import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Language } from '@connection-records/types';
import type { CountedWriteFile, Written } from './observe/index.ts';
import type { FileFormat, RecordFilter } from './store/store.ts';

/** Where a thread reads, and where it writes. */
export interface ExportSource {
  /** The folder or the URL of the records. */
  store: string;
  /** The URL of the files. */
  files: string;
}

/** What a thread is told. */
export interface ExportJob {
  filter: RecordFilter;
  format: FileFormat;
  language: Language;
  name: string;
}

/** What it says when it is done. */
export type ExportAnswer =
  | { file: Written; problem?: never }
  | { problem: string; passing: boolean; file?: never };

/** A file could not be written. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  /** Whether the same may go well later, or on another server: the store could not be reached. */
  readonly passing: boolean;

  constructor(message: string, passing: boolean) {
    super(message);
    this.passing = passing;
  }
}

/** The threads run in the language of this very file: JavaScript once built, TypeScript in its tests. */
const entry = new URL(`./export-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Values of rows live shortly. As much room for them as V8 takes by default makes no file faster, but each thread larger by 60 MB; see
 * the bench of PostgreSQL.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** Writes each file in a thread, so that no request waits for it. A thread that is done waits for the next file. */
export function exportThreads(source: ExportSource): {
  writeFile: CountedWriteFile;
  close: () => Promise<void>;
} {
  const idle: Worker[] = [];
  // Whoever waits for an answer hears of an error as well; a thread that fails while it is idle would never answer again.
  const start = () => {
    const worker = new Worker(entry, { workerData: source, resourceLimits }).on('error', () => undefined);
    return worker.once('exit', () => {
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    });
  };

  const writeFile: CountedWriteFile = async ({ filter, format, language }, name, signal) => {
    const worker = idle.pop() ?? start();
    try {
      signal.throwIfAborted();
      worker.postMessage({ filter, format, language, name } satisfies ExportJob);
      const [answer] = (await once(worker, 'message', { signal })) as [ExportAnswer];
      if (!answer.file) throw new ExportError(answer.problem, answer.passing);
      idle.push(worker);
      return answer.file;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  };
  const close = async () => {
    await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
  };
  return { writeFile, close };
}

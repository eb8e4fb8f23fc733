import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Row } from './columns.ts';
import type { Answer, Question } from './reader.ts';
import type { Page, RecordFilter } from './store.ts';

/** A page of rows, and how many match in all. */
export interface RowPage {
  rows: Row[];
  total: number;
}

/** Lists of records, read in a worker thread. */
export interface Lists {
  list(filter: RecordFilter, page: Page): Promise<RowPage>;
  close(): Promise<void>;
}

interface Pending {
  resolve(page: RowPage): void;
  reject(reason: Error): void;
}

// The same file in the sources and in dist, where it ends in .js.
const reader = new URL(`./reader${extname(import.meta.url)}`, import.meta.url);

/** Lists over the database of a folder. The thread starts with the first of them, and again should it ever die. */
export function openLists(folder: string): Lists {
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let lastId = 0;
  let closed = false;

  function settle(answer: Answer) {
    const asked = pending.get(answer.id)!;
    pending.delete(answer.id);
    // With nothing to wait for, the thread alone does not keep the process alive.
    if (pending.size === 0) worker?.unref();
    if ('error' in answer) asked.reject(new Error(answer.error));
    else asked.resolve({ rows: answer.rows, total: answer.total });
  }

  function died(reason: string) {
    worker = undefined;
    for (const { reject } of pending.values()) reject(new Error(reason));
    pending.clear();
  }

  function start(): Worker {
    const started = new Worker(reader, { workerData: folder });
    started.on('message', settle);
    started.on('error', (error: Error) => died(`The reader of records died: ${error.message}`));
    return started;
  }

  return {
    list(filter, page) {
      if (closed) return Promise.reject(new Error('The store is closed.'));
      worker ??= start();
      worker.ref();
      const question: Question = { id: ++lastId, filter, page };
      worker.postMessage(question);
      return new Promise((resolve, reject) => pending.set(question.id, { resolve, reject }));
    },
    async close() {
      closed = true;
      const running = worker;
      died('The store is closed.');
      await running?.terminate();
    },
  };
}

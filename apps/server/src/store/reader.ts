// A worker thread that answers lists of records, so that a list that has to look at many of them holds up no other request.
import { parentPort, workerData } from 'node:worker_threads';
import type { Row } from './columns.ts';
import { openRows } from './rows.ts';
import type { Page, RecordFilter } from './store.ts';

/** What the worker is asked. */
export interface Question {
  id: number;
  filter: RecordFilter;
  page: Page;
}

/** What it answers to the question with that id. */
export type Answer = { id: number } & ({ rows: Row[]; total: number } | { error: string });

const rows = openRows(workerData as string);

parentPort!.on('message', ({ id, filter, page }: Question) => {
  parentPort!.postMessage(answer(id, filter, page));
});

function answer(id: number, filter: RecordFilter, page: Page): Answer {
  try {
    return { id, ...rows.listRows(filter, page) };
  } catch (error) {
    return { id, error: (error as Error).message };
  }
}

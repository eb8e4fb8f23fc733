// A thread that writes the files of exports, reading the records itself: no row has to pass between threads.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportAnswer, ExportJob, ExportSource } from './export-threads.ts';
import { openFiles } from './files/file-store.ts';
import { type Cell, columns, writeExportFile } from './files/index.ts';
import type { Row } from './store/columns.ts';
import { isShared } from './store/source.ts';
import type { RecordFilter } from './store/store.ts';

// Files yield to requests. Only Linux lets a thread say so for itself alone.
if (process.platform === 'linux') setPriority(10);

const source = workerData as ExportSource;
const reader = openReader(source.store);
const files = openFiles(source.files);
const fields = columns.map(({ field }) => field);
const flag = fields.indexOf('is_reconnect');

interface Reader {
  read(filter: RecordFilter): Iterable<Row[]> | AsyncIterable<Row[]>;
  isPassing(error: unknown): boolean;
}

async function openReader(store: string): Promise<Reader> {
  if (isShared(store)) {
    const { readRows } = await import('./store/postgres/rows.ts');
    const { isPassing } = await import('./store/postgres/connect.ts');
    return { read: (filter) => readRows(store, filter, fields), isPassing };
  }
  const { openRows } = await import('./store/rows.ts');
  const rows = openRows(store);
  return { read: (filter) => rows.readRows(filter, { columns: fields }), isPassing: () => false };
}

/** The store keeps true and false as 1 and 0, which in a file would be numbers. */
async function* batches(rows: ReturnType<Reader['read']>) {
  for await (const batch of rows) {
    for (const row of batch as Cell[][]) if (row[flag] !== null) row[flag] = row[flag] === 1;
    yield batch;
  }
}

async function write({ filter, name, ...target }: ExportJob): Promise<ExportAnswer> {
  const { read, isPassing } = await reader;
  try {
    const file = await (await files).create(name);
    return { file: await writeExportFile({ ...target, file }, batches(read(filter))) };
  } catch (error) {
    return {
      problem: error instanceof Error ? error.message : String(error),
      passing: isPassing(error) || (error instanceof Error && 'passing' in error && error.passing === true),
    };
  }
}

parentPort?.on('message', async (job: ExportJob) => parentPort?.postMessage(await write(job)));

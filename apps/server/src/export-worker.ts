// A thread that writes the files of exports, reading the records itself: no row has to pass between threads.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportAnswer, ExportJob, ExportSource } from './export-threads.ts';
import { words } from './files/columns.ts';
import { type NewFile, openFiles } from './files/file-store.ts';
import { type Cell, columns, writeBytes, writeExportFile } from './files/index.ts';
import type { Written } from './observe/index.ts';
import type { Row } from './store/columns.ts';
import { isPassing } from './store/postgres/passing.ts';
import { isShared } from './store/source.ts';

const source = workerData as ExportSource;
const writer = isShared(source.store) ? fromPostgres(source.store) : fromFolder(source.store);
const files = openFiles(source.files);
const fields = columns.map(({ field }) => field);
const flag = fields.indexOf('is_reconnect');

interface Writer {
  write(job: ExportJob, file: NewFile): Promise<Written>;
}

async function fromFolder(folder: string): Promise<Writer> {
  const { openRows } = await import('./store/rows.ts');
  const rows = openRows(folder);
  return {
    write: ({ filter, ...target }, file) =>
      writeExportFile({ ...target, file }, batches(rows.readRows(filter, { columns: fields }))),
  };
}

async function fromPostgres(url: string): Promise<Writer> {
  const { copyForCsv, readRows, textOf } = await import('./store/postgres/rows.ts');
  const { csvOfCopy } = await import('./files/csv-of-copy.ts');
  return {
    async write({ filter, ...target }, file) {
      if (target.format !== 'csv')
        return writeExportFile({ ...target, file }, batches(readRows(url, filter, fields)));
      const { yes, no } = words[target.language];
      const counted = { rows: 0 };
      const pieces = copyForCsv(url, filter, fields, yes, no);
      const finished = await writeBytes(file, csvOfCopy(pieces, target.language, textOf, counted));
      return { ...finished, ...counted };
    },
  };
}

/** The store keeps true and false as 1 and 0, which in a file would be numbers. */
async function* batches(rows: Iterable<Row[]> | AsyncIterable<Row[]>) {
  for await (const batch of rows) {
    for (const row of batch as Cell[][]) if (row[flag] !== null) row[flag] = row[flag] === 1;
    yield batch;
  }
}

async function answer(job: ExportJob): Promise<ExportAnswer> {
  const { write } = await writer;
  // Files yield to requests, once the thread is ready for them. Only Linux lets a thread say so for itself alone.
  if (process.platform === 'linux') setPriority(10);
  try {
    return { file: await write(job, await (await files).create(job.name)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), passing: isPassing(error) };
  }
}

parentPort?.on('message', async (job: ExportJob) => parentPort?.postMessage(await answer(job)));

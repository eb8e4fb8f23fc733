// A thread that writes the files of exports, reading the records itself: no row has to pass between threads.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportAnswer, ExportJob } from './export-threads.ts';
import { type Cell, columns, writeExportFile } from './files/index.ts';
import { openRows } from './store/rows.ts';

// Files yield to requests. Only Linux lets a thread say so for itself alone.
if (process.platform === 'linux') setPriority(10);

const rows = openRows(workerData as string);
const fields = columns.map(({ field }) => field);
const flag = fields.indexOf('is_reconnect');

/** The store keeps true and false as 1 and 0, which in a file would be numbers. */
function* batches(filter: ExportJob['filter']) {
  for (const batch of rows.readRows(filter, { columns: fields })) {
    for (const row of batch as Cell[][]) if (row[flag] !== null) row[flag] = row[flag] === 1;
    yield batch;
  }
}

async function write({ filter, ...target }: ExportJob): Promise<ExportAnswer> {
  try {
    return { file: await writeExportFile(target, batches(filter)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', async (job: ExportJob) => parentPort?.postMessage(await write(job)));

// A thread that writes the file of one export, reading the records itself: no row has to pass between threads.
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportJob } from './export-thread.ts';
import { type Cell, columns, writeExportFile } from './files/index.ts';
import { openRows } from './store/rows.ts';

const { folder, filter, ...target } = workerData as ExportJob;
const rows = openRows(folder);
const fields = columns.map(({ field }) => field);
const flag = fields.indexOf('is_reconnect');

/** The store keeps true and false as 1 and 0, which in a file would be numbers. */
function* batches() {
  for (const batch of rows.readRows(filter, { columns: fields })) {
    for (const row of batch as Cell[][]) if (row[flag] !== null) row[flag] = row[flag] === 1;
    yield batch;
  }
}

const { size, sha256 } = await writeExportFile(target, batches());
rows.close();
parentPort?.postMessage({ size, sha256 });

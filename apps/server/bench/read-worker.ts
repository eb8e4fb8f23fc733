// The limit of an export: the same rows with the same columns, read from the same store in a thread as an export is, and only counted.
import { parentPort, workerData } from 'node:worker_threads';
import { columns } from '../src/files/index.ts';
import { openRows } from '../src/store/rows.ts';
import { projectId } from './process.ts';

const rows = openRows(workerData as string);
const fields = columns.map(({ field }) => field);
let count = 0;
for (const batch of rows.readRows({ projectId, from: 0, to: Date.now() }, { columns: fields }))
  count += batch.length;
rows.close();
parentPort!.postMessage(count);

// An export as most people would write it: the rows of the store, given to ExcelJS. Says how fast it was and how much memory it took.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columns, type Row } from '../src/files/index.ts';
import { openRows } from '../src/store/rows.ts';
import { writeWithExcelJs } from './exceljs.ts';
import { projectId } from './process.ts';

const [data = '', rows = ''] = process.argv.slice(2);

function* batches(): Generator<Row[], void> {
  const store = openRows(data);
  const fields = columns.map(({ field }) => field);
  let left = Number(rows);
  for (const batch of store.readRows({ projectId, from: 0, to: Date.now() }, { columns: fields })) {
    yield batch;
    left -= batch.length;
    if (left <= 0) break;
  }
  store.close();
}

const folder = await mkdtemp(join(tmpdir(), 'bench-exceljs-'));
const idle = process.memoryUsage.rss();
const began = performance.now();
await writeWithExcelJs(join(folder, 'file.xlsx'), batches());
const seconds = (performance.now() - began) / 1000;
await rm(folder, { recursive: true });
const memory = process.resourceUsage().maxRSS / 1024 - idle / 1024 ** 2;
console.log(JSON.stringify({ rate: Number(rows) / seconds, memory }));

// A million rows through the whole server, beside the limit: the same rows only read and counted.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { report, type Series, sideBySide } from '../../../scripts/measure.ts';
import { call, memoryOf, startPath, startServer, stop, tasksPath } from './process.ts';

const rows = 1_000_000;
const rowsOfExcelJs = 100_000;

async function endOf(url: string, taskId: string): Promise<void> {
  for (;;) {
    const answer = await call(`${url}${tasksPath()}?task_id=${taskId}`, { headers: { Prefer: 'wait=30' } });
    const { status } = (await answer.json()).export_tasks[0];
    if (status === 'SUCCESS') return;
    if (status !== 'CREATING') throw new Error(`The export has ended as ${status}`);
  }
}

/** Rows per second from the request that starts an export until its task is SUCCESS, and the memory that the server took for it. */
const exportAs = (data: string, format: string, memory: number[]) => async () => {
  const server = await startServer(data, '--format', format);
  try {
    await call(`${server.url}${tasksPath()}`);
    const idle = await memoryOf(server, 'VmRSS');
    const began = performance.now();
    const { task_id } = await (await call(`${server.url}${startPath()}`)).json();
    await endOf(server.url, task_id);
    const seconds = (performance.now() - began) / 1000;
    memory.push((await memoryOf(server, 'VmHWM')) - idle);
    await call(`${server.url}${tasksPath()}/batch-delete`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ task_ids: [task_id] }),
    });
    return rows / seconds;
  } finally {
    await stop(server);
  }
};

const exportWithExcelJs = (data: string, memory: number[]) => async () => {
  const script = fileURLToPath(new URL('exceljs-export.ts', import.meta.url));
  const args = [script, data, String(rowsOfExcelJs)];
  const measured = JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
  memory.push(measured.memory);
  return measured.rate;
};

const readOnly = (data: string) => async () => {
  const began = performance.now();
  const worker = new Worker(new URL('read-worker.ts', import.meta.url), { workerData: data });
  const [count] = await once(worker, 'message');
  const seconds = (performance.now() - began) / 1000;
  await worker.terminate();
  if (count !== rows) throw new Error(`${count} rows were read`);
  return rows / seconds;
};

/** Measures exports of a folder with a million records. */
export async function benchExports(data: string): Promise<void> {
  const memory = ['CSV', 'xlsx', 'xlsx by ExcelJS, fewer rows'].map(
    (what): Series => ({ what, unit: 'MiB', values: [] }),
  );
  const [csv, xlsx, excelJs] = memory.map(({ values }) => values) as [number[], number[], number[]];
  const speed = await sideBySide('rows/s', 5, {
    'export as CSV': exportAs(data, 'csv', csv),
    'export as xlsx': exportAs(data, 'xlsx', xlsx),
    [`xlsx by ExcelJS, ${rowsOfExcelJs} rows`]: exportWithExcelJs(data, excelJs),
    'limit: read and counted': readOnly(data),
  });
  await report('server: export of 1,000,000 rows', speed);
  await report('server: peak memory of an export, over the idle process', memory);
}

// The writers of export files beside ExcelJS, the package that most people would stream a workbook with: rows per second, and memory.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { report, type Series, sideBySide } from '../../../scripts/measure.ts';
import { type Row, rowOf, writeExportFile } from '../src/files/index.ts';
import { PublishedFile } from '../src/files/published-file.ts';
import { recordOf } from '../src/files/records.testing.ts';
import { writeWithExcelJs } from './exceljs.ts';

const batch = 1000;
const different = 50_000;

type Write = (path: string, rows: number) => Promise<void>;

/** Rows of 50,000 different records, again and again, so that what is measured is the writing. */
function* batchesOf(rows: number, pool: readonly Row[][]): Generator<readonly Row[]> {
  for (let n = 0; n < rows; n += batch) yield pool[(n / batch) % pool.length]!;
}

const pool = () =>
  Array.from({ length: different / batch }, (_, page) =>
    Array.from({ length: batch }, (_, n) => rowOf(recordOf(page * batch + n))),
  );

const ours = (format: 'csv' | 'xlsx', records: Row[][]): Write => {
  return async (path, rows) => {
    await writeExportFile(
      { format, language: 'en_US', file: new PublishedFile(path) },
      batchesOf(rows, records),
    );
  };
};

const exceljs = (records: Row[][]): Write => {
  return (path, rows) => writeWithExcelJs(path, batchesOf(rows, records));
};

const subjects: Record<string, { rows: number; writer: (records: Row[][]) => Write }> = {
  'CSV, 1,000,000 rows': { rows: 1_000_000, writer: (records) => ours('csv', records) },
  'xlsx, 1,000,000 rows': { rows: 1_000_000, writer: (records) => ours('xlsx', records) },
  'xlsx by ExcelJS, 200,000 rows': { rows: 200_000, writer: exceljs },
};

/** What a process of its own does, and says. */
async function measure({ rows, writer }: (typeof subjects)[string]): Promise<void> {
  const write = writer(pool());
  const folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
  const idle = process.memoryUsage.rss();
  const began = performance.now();
  await write(join(folder, 'file'), rows);
  const seconds = (performance.now() - began) / 1000;
  const memory = process.resourceUsage().maxRSS / 1024 - idle / 1024 ** 2;
  await rm(folder, { recursive: true });
  console.log(JSON.stringify({ rate: rows / seconds, memory }));
}

const asked = process.argv[2] && subjects[process.argv[2]];
if (asked) {
  await measure(asked);
} else {
  const memory: Series[] = Object.keys(subjects).map((what) => ({ what, unit: 'MiB', values: [] }));
  const inProcess = (series: Series) => async () => {
    const args = [fileURLToPath(import.meta.url), series.what];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const measured = JSON.parse(stdout);
    series.values.push(measured.memory);
    return measured.rate;
  };
  const runs = Object.fromEntries(memory.map((series) => [series.what, inProcess(series)]));
  await report('files: rows written per second', await sideBySide('rows/s', 5, runs));
  await report('files: peak memory over what it was before', memory);
}

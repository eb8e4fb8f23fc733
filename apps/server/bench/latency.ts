// How long a list of tasks takes while two exports of a million rows run, and while none does.
import { setTimeout as sleep } from 'node:timers/promises';
import { report, type Series } from '../../../scripts/measure.ts';
import { call, startPath, startServer, stop, tasksPath } from './process.ts';

const percentile99 = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]!;

/** The time of a list of tasks, again and again, for as long as the answers are wanted. */
async function latencies(
  url: string,
  enough: (running: number, asked: number) => boolean,
): Promise<number[]> {
  const times: number[] = [];
  for (;;) {
    const began = performance.now();
    const { export_tasks } = await (await call(`${url}${tasksPath()}?limit=20`)).json();
    const time = performance.now() - began;
    const running = export_tasks.filter(({ status }: { status: string }) => status === 'CREATING').length;
    if (enough(running, times.length)) return times;
    times.push(time);
    await sleep(5);
  }
}

/** The 99th percentiles of one server: with nothing to do, then with two exports. */
async function round(data: string, format: string): Promise<{ idle: number; busy: number }> {
  const server = await startServer(data, '--format', format);
  try {
    await latencies(server.url, (_, asked) => asked === 50);
    const idle = percentile99(await latencies(server.url, (_, asked) => asked === 300));
    for (let started = 0; started < 2; started++) await call(`${server.url}${startPath()}`);
    const busy = await latencies(server.url, (running) => running < 2);
    const { export_tasks } = await (await call(`${server.url}${tasksPath()}?limit=100`)).json();
    await call(`${server.url}${tasksPath()}/batch-delete`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ task_ids: export_tasks.map(({ task_id }: { task_id: string }) => task_id) }),
    });
    if (busy.length < 100) throw new Error(`Two exports were over after ${busy.length} lists`);
    return { idle, busy: percentile99(busy) };
  } finally {
    await stop(server);
  }
}

/** Measures lists of tasks on a folder with a million records. */
export async function benchLatency(data: string): Promise<void> {
  const series = ['two exports as CSV run', 'two exports as xlsx run', 'nothing runs'].map(
    (what): Series => ({ what, unit: 'ms', values: [] }),
  );
  const [csv, xlsx, idle] = series as [Series, Series, Series];
  for (let n = 0; n < 5; n++) {
    for (const [format, busy] of [
      ['csv', csv],
      ['xlsx', xlsx],
    ] as const) {
      const measured = await round(data, format);
      busy.values.push(measured.busy);
      idle.values.push(measured.idle);
    }
  }
  await report('server: 99th percentile of listExportTasks', series);
}

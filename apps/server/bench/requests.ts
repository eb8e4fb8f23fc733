// Requests per second, beside a bare node:http server that gives the same bytes.
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { report, sideBySide } from '../../../scripts/measure.ts';
import { call, headers, type Running, start, startPath, startServer, stop, tasksPath } from './process.ts';

const project = 'without-records';
const bare = fileURLToPath(new URL('bare.ts', import.meta.url));

/** A server of ours on an empty folder, with twenty tasks to list. */
async function startOurs(...options: string[]): Promise<Running> {
  const server = await startServer(':memory:', '--format', 'csv', ...options);
  for (let n = 0; n < 20; n++) await call(`${server.url}${startPath(project)}`);
  while ((await (await call(`${server.url}${tasksPath(project)}?status=CREATING`)).json()).count > 0);
  return server;
}

/** A bare one that answers as ours does. */
async function startBare(path: string): Promise<Running> {
  const ours = await startOurs();
  const answer = await call(`${ours.url}${path}`);
  const head = Object.fromEntries(
    [...answer.headers].filter(([name]) => !/^(date|connection|keep-alive)$/.test(name)),
  );
  const body = await answer.text();
  await stop(ours);
  return start([bare, JSON.stringify(head), body]);
}

const throughput = (begin: () => Promise<Running>, path: string) => async () => {
  const server = await begin();
  try {
    const url = `${server.url}${path}`;
    await autocannon({ url, headers, connections: 10, duration: 1 });
    const { requests, non2xx, errors } = await autocannon({ url, headers, connections: 10, duration: 4 });
    if (non2xx + errors > 0) throw new Error(`${non2xx + errors} answers were not 200`);
    return requests.average;
  } finally {
    await stop(server);
  }
};

const beside = (path: string) =>
  sideBySide('requests/s', 5, {
    'connection-records-server': throughput(() => startOurs(), path),
    'with --metrics-port': throughput(() => startOurs('--metrics-port', '0'), path),
    'node:http, the same bytes': throughput(() => startBare(path), path),
  });

/** Measures how many requests a server answers. */
export async function benchRequests(): Promise<void> {
  await report('server: listExportTasks, 20 tasks, 10 connections', await beside(tasksPath(project)));
  await report('server: exportConnectionRecords, 10 connections', await beside(startPath(project)));
}

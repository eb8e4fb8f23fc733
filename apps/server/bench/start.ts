// How soon a server answers.
import { fileURLToPath } from 'node:url';
import { report, sideBySide } from '../../../scripts/measure.ts';
import { call, type Running, start, startServer, stop, tasksPath } from './process.ts';

const timeToFirstAnswer = (begin: () => Promise<Running>) => async () => {
  const began = performance.now();
  const server = await begin();
  try {
    await call(`${server.url}${tasksPath()}`);
    return performance.now() - began;
  } finally {
    await stop(server);
  }
};

/** Measures starts: without data, and with a folder of a million records. */
export async function benchStart(data: string): Promise<void> {
  const bare = fileURLToPath(new URL('bare.ts', import.meta.url));
  await report(
    'server: process start to first answer',
    await sideBySide('ms', 9, {
      'without records': timeToFirstAnswer(() => startServer(':memory:')),
      'with --metrics-port': timeToFirstAnswer(() => startServer(':memory:', '--metrics-port', '0')),
      'with 1,000,000 records': timeToFirstAnswer(() => startServer(data)),
      'node:http that does nothing else': timeToFirstAnswer(() => start([bare])),
    }),
  );
}

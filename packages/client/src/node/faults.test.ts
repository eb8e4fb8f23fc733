// A job over a line on which anything may happen: it ends in the complete right file, or in a clear error.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { akSk, type ClientOptions, createClient, exportConnectionRecords } from '../index.ts';
import { createFakeService, type Fault, faults, sha256, startFaultProxy } from '../testing/faults.ts';
import { keepAlive, saveTo } from './index.ts';

let folder: string;
beforeEach(async () => {
  // Time-outs come when the proxy says so; sockets have timers of their own.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  folder = await mkdtemp(join(tmpdir(), 'faults-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
const numbers = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** Runs one job on a schedule of faults, and says how it ended. */
async function run(seed: number, fetch: ClientOptions['fetch']) {
  const random = numbers(seed);
  let time = Date.parse('2026-02-10T02:11:22.345Z');
  const skew = random() < 0.3 ? (random() - 0.5) * 5 * 3_600_000 : 0;
  const file = Buffer.alloc(200 + Math.floor(random() * 60_000), 'Connected User,Desktop Name\r\n');
  for (let at = 100; at < file.length; at += 50) file[at] = 97 + Math.floor(random() * 26);
  const service = createFakeService(() => time + skew, file);
  const share = random() * 0.8;
  let left = Math.floor(random() * 30);
  const used: Fault[] = [];
  const next = (): Fault => {
    const fault = left-- > 0 && random() < share ? faults[Math.floor(random() * faults.length)]! : 'none';
    used.push(fault);
    return fault;
  };
  const timeOut = () => void vi.runOnlyPendingTimers();
  const proxy = await startFaultProxy({ service, next, random, timeOut });
  const client = createClient({
    baseUrl: proxy.url,
    projectId: 'p',
    credentials: akSk({ ak: 'AK', sk: 'SK', securityToken: 'ST' }),
    random,
    fetch,
    clock: {
      now: () => time,
      async sleep(ms, signal) {
        signal?.throwIfAborted();
        time += ms;
      },
    },
  });
  const path = join(folder, `${seed}.csv`);
  const error = await exportConnectionRecords(client)
    .then((exported) => saveTo(exported, path))
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  proxy.close();
  const saved = error ? undefined : sha256(await readFile(path));
  const names = await readdir(folder);
  await rm(path, { force: true });
  return {
    error,
    saved,
    right: sha256(file),
    names,
    tasks: service.tasks.length,
    leaks: proxy.leaks,
    used,
    seed,
  };
}

const clear = /^(ApiError|StartError|ExportError|DownloadError)$/;

test.each([
  ['fetch', undefined],
  ['keepAlive', keepAlive],
])(
  '500 random schedules of faults, over %s: each ends in the complete right file or a clear error',
  {
    timeout: 60_000,
  },
  async (_, fetch) => {
    const ends: Record<string, number> = {};
    for (let seed = 1; seed <= 500; seed++) {
      const { error, saved, right, names, tasks, leaks, used } = await run(seed, fetch);
      const about = `seed ${seed}: ${used.join(' ')} → ${error}`;
      expect(leaks, about).toEqual([]);
      expect(tasks, about).toBeLessThanOrEqual(1);
      expect(names, about).toEqual(error ? [] : [`${seed}.csv`]);
      if (error) expect((error as Error).name, about).toMatch(clear);
      else expect(saved, about).toBe(right);
      const end = error ? (error as Error).name : 'file';
      ends[end] = (ends[end] ?? 0) + 1;
    }
    // Most get through, or the test would say little.
    expect(ends.file, JSON.stringify(ends)).toBeGreaterThan(300);
  },
);

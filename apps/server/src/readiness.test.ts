import { beforeEach, expect, test } from 'vitest';
import { ReadinessProbe } from './readiness.ts';

let now: number;
let failures: string[];
beforeEach(() => {
  now = 0;
  failures = [];
});
const probe = (checks: Record<string, () => Promise<unknown>>, patience = 10_000) =>
  new ReadinessProbe({
    checks,
    patience,
    freshFor: 1000,
    now: () => now,
    onFailure: (check, error) => failures.push(`${check}: ${error}`),
  });
const fails = () => Promise.reject(new Error('the disk is full'));

test('a server is ready when all that it needs works', async () => {
  const readiness = probe({ store: async () => undefined, files: async () => undefined });
  expect(await readiness.check()).toEqual({ status: 'ready', checks: { store: 'ok', files: 'ok' } });
  expect(failures).toEqual([]);
});

test('one thing that fails is enough, and the log alone is told why', async () => {
  const readiness = probe({ store: async () => undefined, files: fails });
  expect(await readiness.check()).toEqual({
    status: 'not ready',
    checks: { store: 'ok', files: 'failing' },
  });
  expect(failures).toEqual(['files: Error: the disk is full']);
});

test('what does not answer in time fails', async () => {
  const readiness = probe({ store: () => new Promise(() => undefined) }, 1);
  expect(await readiness.check()).toEqual({ status: 'not ready', checks: { store: 'failing' } });
  expect(failures).toEqual(['store: Error: No answer within 1 ms.']);
});

test('an answer is given again for a while, to as many as ask', async () => {
  let times = 0;
  const readiness = probe({ store: async () => void times++ });
  await Promise.all([readiness.check(), readiness.check()]);
  now = 999;
  await readiness.check();
  expect(times).toBe(1);
  now = 1000;
  await readiness.check();
  expect(times).toBe(2);
});

test('a server that stops says so at once, whatever works', async () => {
  const readiness = probe({ store: async () => undefined });
  await readiness.check();
  expect(readiness.draining).toBe(false);
  readiness.drain();
  expect(readiness.draining).toBe(true);
  expect((await readiness.check()).status).toBe('draining');
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from './log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const time = '"time":"2026-02-10T02:11:22.123Z"';
function start() {
  const written: string[] = [];
  const log = createLog(
    (text) => written.push(text),
    () => new Date('2026-02-10T02:11:22.123Z'),
  );
  return { log, written };
}

test('entries are written together, each a line of JSON, and none is lost at the end', () => {
  const { log, written } = start();
  log.info({ status: 200 });
  log.info({ status: 404 });
  expect(written).toEqual([]);
  vi.runAllTimers();
  expect(written).toEqual([`{${time},"level":"info","status":200}\n{${time},"level":"info","status":404}\n`]);
  log.info({ last: true });
  log.flush();
  expect(written).toHaveLength(2);
});

test('a fault is written at once, with what waited', () => {
  const { log, written } = start();
  log.info({ status: 200 });
  log.error({ error: 'no space' });
  expect(written).toEqual([
    `{${time},"level":"info","status":200}\n{${time},"level":"error","error":"no space"}\n`,
  ]);
});

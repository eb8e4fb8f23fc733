import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('entries of one turn are written together, each a line of JSON, and none is lost at the end', async () => {
  const written: string[] = [];
  const log = createLog(
    (text) => written.push(text),
    () => new Date('2026-02-10T02:11:22.123Z'),
  );
  log.info({ status: 200 });
  log.error({ error: 'no space' });
  expect(written).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([
    '{"time":"2026-02-10T02:11:22.123Z","level":"info","status":200}\n{"time":"2026-02-10T02:11:22.123Z","level":"error","error":"no space"}\n',
  ]);
  log.info({ last: true });
  log.flush();
  expect(written).toHaveLength(2);
});

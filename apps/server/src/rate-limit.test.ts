import { expect, test } from 'vitest';
import { createRateLimiter } from './rate-limit.ts';

function limited(limit: Parameters<typeof createRateLimiter>[0]) {
  const clock = { ms: 0 };
  const take = createRateLimiter(limit, () => clock.ms);
  const times = (count: number, key = 'a') => Array.from({ length: count }, () => take(key));
  return { clock, times };
}

test('a burst goes through, and then each request is told how many seconds to wait', () => {
  const { clock, times } = limited({ perMinute: 6, burst: 3 });
  expect(times(4)).toEqual([0, 0, 0, 10]);
  clock.ms += 1;
  expect(times(1)).toEqual([10]);
  clock.ms += 9000;
  expect(times(1)).toEqual([1]);
});

test('whoever waits as long as they were told gets through', () => {
  const { clock, times } = limited({ perMinute: 7, burst: 1 });
  times(1);
  for (let i = 0; i < 100; i++) {
    const [seconds] = times(1);
    clock.ms += seconds! * 1000;
    expect(times(1)).toEqual([0]);
  }
});

test('refused requests make nobody wait longer', () => {
  const { clock, times } = limited({ perMinute: 60, burst: 1 });
  times(1000);
  clock.ms += 1000;
  expect(times(1)).toEqual([0]);
});

test('a steady stream at the limit is never refused, and after a pause there is one burst, not two', () => {
  const { clock, times } = limited({ perMinute: 200 });
  for (let i = 0; i < 1000; i++) {
    expect(times(1)).toEqual([0]);
    clock.ms += 300;
  }
  clock.ms += 3_600_000;
  expect(times(201).filter((seconds) => seconds > 0)).toEqual([1]);
});

test('rounding refuses nobody who keeps to the limit', () => {
  const { clock, times } = limited({ perMinute: 7, burst: 10 });
  times(9);
  const waits = Array.from({ length: 2000 }, () => {
    const [seconds] = times(1);
    clock.ms += 60_000 / 7;
    return seconds;
  });
  expect(new Set(waits)).toEqual(new Set([0]));
});

test('each credential has its own', () => {
  const { times } = limited({ perMinute: 1 });
  expect([...times(2, 'a'), ...times(1, 'b')]).toEqual([0, 60, 0]);
});

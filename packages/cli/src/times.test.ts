import { describe, expect, test } from 'vitest';
import { durationOf, timeOf, windowOf } from './times.ts';

const now = Date.parse('2026-11-23T12:34:56.789Z');
const at = (text: string) => timeOf(text, now).toISOString();
/** By the time zone of the machine, whichever it is. */
const local = (...parts: [number, number, number, number?, number?]) => {
  const [year, month, ...rest] = parts;
  return new Date(year, month - 1, ...rest).toISOString();
};

describe('a time', () => {
  test.each([
    ['now', '2026-11-23T12:34:56.789Z'],
    ['7d', '2026-11-16T12:34:56.789Z'],
    ['2h', '2026-11-23T10:34:56.789Z'],
    ['1h30m', '2026-11-23T11:04:56.789Z'],
    ['2w', '2026-11-09T12:34:56.789Z'],
    ['45s', '2026-11-23T12:34:11.789Z'],
  ])('%s is counted back from now', (text, time) => expect(at(text)).toBe(time));

  test.each([
    ['2026-11-20T08:00Z', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T08:00:30Z', '2026-11-20T08:00:30.000Z'],
    ['2026-11-20T08:00:30.123456Z', '2026-11-20T08:00:30.123Z'],
    ['2026-11-20t08:00z', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T08:00+08:00', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T08:00+0800', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T08:00-03', '2026-11-20T11:00:00.000Z'],
    ['2026-11-20 08:00+05:30', '2026-11-20T02:30:00.000Z'],
  ])('%s is taken by its offset', (text, time) => expect(at(text)).toBe(time));

  test('without an offset is by the time zone of the machine, a day its first moment', () => {
    expect(at('2026-11-20T08:15')).toBe(local(2026, 11, 20, 8, 15));
    expect(at('2026-11-20')).toBe(local(2026, 11, 20));
    const today = new Date(now);
    const [year, month, day] = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
    expect(at('today')).toBe(local(year, month, day));
    expect(at('yesterday')).toBe(local(year, month, day - 1));
  });

  test.each([
    '',
    'tomorrow',
    '7',
    '7x',
    '-7d',
    '2026-02-30',
    '2026-13-01',
    '2026-11-20T25:00Z',
    '20.11.2026',
  ])('%j is none, and the error says what is one', (text) =>
    expect(() => at(text)).toThrow(`"${text}" is no time. Give now, today, yesterday, a time ago such as 7d`),
  );
});

test('a duration is a sum of weeks, days, hours, minutes and seconds', () => {
  expect(durationOf('1w2d3h4m5s')).toBe(((9 * 24 + 3) * 60 + 4) * 60_000 + 5000);
  expect(durationOf('soon')).toBeUndefined();
});

describe('a window', () => {
  test('may have either side, or none', () => {
    expect(windowOf({}, now)).toEqual({ from: undefined, to: undefined });
    expect(windowOf({ from: '7d' }, now)).toEqual({
      from: new Date('2026-11-16T12:34:56.789Z'),
      to: undefined,
    });
    expect(windowOf({ from: '30d', to: 'now' }, now).to).toEqual(new Date(now));
  });

  test.each([
    [
      { from: '31d' },
      /^The window is 31 days long\. The service exports at most 30 days, and only of the last 30 days/,
    ],
    [
      { from: '2026-10-01T00:00Z', to: '2026-10-05T00:00Z' },
      /^--from 2026-10-01T00:00Z is 2026-10-01T00:00:00Z\. The service knows the last 30 days only/,
    ],
    [
      { from: '1d', to: '2d' },
      /^--from 1d is 2026-11-22T12:34:56Z, which is not before the end: --to 2d is 2026-11-21/,
    ],
    [
      { from: '1d', to: '2026-11-25T00:00Z' },
      /^--to 2026-11-25T00:00Z is 2026-11-25T00:00:00Z, which is still to come/,
    ],
  ])('%j is refused with the reason', (window, reason) =>
    expect(() => windowOf(window, now)).toThrow(reason),
  );
});

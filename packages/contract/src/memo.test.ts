import { describe, expect, it } from 'vitest';
import { once } from './memo.ts';
import { NoAnswer } from './request.ts';

/** Counts how often a value is made by three callers in turn, where making it fails so. */
async function makes(...errors: Error[]): Promise<number> {
  let made = 0;
  const value = once(async () => {
    const error = errors[made++];
    if (error) throw error;
  });
  for (let turn = 0; turn < 3; turn += 1) await value().catch(() => {});
  return made;
}

const lost = () => new NoAnswer('no answer', 'curl');

describe('what cases share', () => {
  it('is made once, whether or not that fails', async () => {
    expect(await makes()).toBe(1);
    expect(await makes(new Error('any'))).toBe(1);
  });

  it('is made once more where there was no answer, and not again and again', async () => {
    expect(await makes(lost())).toBe(2);
    expect(await makes(lost(), lost(), lost())).toBe(2);
  });

  it('is not made again where the request may have changed something', async () => {
    expect(await makes(new NoAnswer('no answer', 'curl', { changes: true }))).toBe(1);
  });
});

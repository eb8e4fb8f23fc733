/**
 * How often, how long and after which pauses a request is tried. It holds for what changes nothing: lists and downloads. The start of
 * an export and a deletion are sent once, whatever these say, but for their time-out. The figures are this project's choice; the
 * vendor documents none.
 */
export interface RetryOptions {
  /**
   * How many times a request is sent again at most, 0 for never; 4 unless given.
   *
   * @example 0
   */
  retries?: number | undefined;
  /**
   * For how many milliseconds after the first attempt another one may begin, 0 or more; 60,000 unless given.
   *
   * @example 300_000
   */
  retryForMs?: number | undefined;
  /**
   * For how many milliseconds one attempt may keep without an answer, up to 24 days; 30,000 unless given. Of a download that means until
   * the answer begins, and after that between two pieces of it.
   *
   * @example 10_000
   */
  attemptTimeoutMs?: number | undefined;
}

/** The options with what holds where they say nothing. */
export const policyOf = (
  ...given: (RetryOptions | undefined)[]
): { [Key in keyof RetryOptions]-?: number } => {
  const policy = { retries: 4, retryForMs: 60_000, attemptTimeoutMs: 30_000 };
  const figures: Record<string, number> = policy;
  for (const options of given)
    for (const name in options) {
      const figure = options[name as keyof RetryOptions] ?? figures[name]!;
      if (!(figure >= 0)) throw new RangeError(`retry.${name} must be 0 or more, not ${figure}.`);
      figures[name] = figure;
    }
  return policy;
};

/** The pause before a repetition, counted from 1: at random up to 0.5, 1, 2, 4 and then 8 seconds, so that clients do not come back in step. */
export const backoff = (repetition: number, random: () => number): number =>
  random() * Math.min(8000, 250 * 2 ** repetition);

/** The longest that a timer can wait: asked for more, it does not wait at all. */
export const longest = 2 ** 31 - 1;

/**
 * Runs something that has so many milliseconds, and ends with the signal; what it leaves running afterwards too, if it is to be kept.
 *
 * Raced, because neither a fetch nor credentials that somebody wrote need heed the signal they are given. AbortSignal.any and .timeout
 * would be shorter, but in Node 20 the garbage collector may take them before the time is up.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
  keep = false,
): Promise<T> {
  signal?.throwIfAborted();
  const either = new AbortController();
  let stop!: () => void;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<T>((resolve, reject) => {
    stop = () => {
      either.abort(
        signal?.aborted ? signal.reason : new DOMException(`No answer within ${ms} ms.`, 'TimeoutError'),
      );
      reject(either.signal.reason);
    };
    timer = setTimeout(stop, Math.min(ms, longest));
    signal?.addEventListener('abort', stop);
    run(either.signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    if (!keep) signal?.removeEventListener('abort', stop);
  });
}

/** Passes so many milliseconds, unless the signal aborts: it is the time-out of what never ends. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  within(ms, signal, () => new Promise<never>(() => {})).catch(() => signal?.throwIfAborted());

/** How many requests a credential may send, or how many an address may send in vain. */
export interface RateLimit {
  /** In the long run. The vendor's page has 200 for most reads and 100 for most writes (api-facts 4.5). */
  perMinute: number;
  /** At once, after a pause. Left out, those of one minute. */
  burst?: number | undefined;
}

/** How many keys are remembered before those with nothing to pay are forgotten: strangers have many addresses. */
const MANY = 10_000;

/**
 * Counts requests, and answers for each how many seconds to wait before it is worth repeating: the value of `Retry-After`. 0 means go
 * ahead. A refused request is not counted, so that whoever keeps asking is not kept out for longer.
 *
 * It remembers one number a key, the time at which all requests so far would be paid off (the generic cell rate algorithm).
 *
 * Not counted, a request only looks whether it would be let through.
 *
 * @param now A clock in milliseconds that never goes back.
 */
export function createRateLimiter(
  { perMinute, burst = perMinute }: RateLimit,
  now = () => performance.now(),
) {
  const cost = 60_000 / perMinute;
  const paidOff = new Map<string, number>();
  return function secondsToWait(key: string, counted = true): number {
    const time = now();
    const debt = Math.max((paidOff.get(key) ?? time) - time, 0) + cost;
    // One millionth of a request is rounding.
    const excess = debt - burst * cost;
    if (excess > cost / 1e6) return Math.ceil(excess / 1000);
    if (counted) paidOff.set(key, time + debt);
    if (paidOff.size > MANY) for (const [other, paid] of paidOff) if (paid <= time) paidOff.delete(other);
    return 0;
  };
}

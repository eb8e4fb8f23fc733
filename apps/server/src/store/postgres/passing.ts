/** The codes of PostgreSQL for a connection or a server that is gone, not there yet, too busy, or that took back what was done. */
const passing = /^(08|57P0|53|40|25P0|55P03)/;

const broken = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Whether an error says something about the connection rather than about what was asked: the same may go well later, or elsewhere. */
export function isPassing(error: unknown): boolean {
  const known = error as { code?: string; message?: string; passing?: boolean };
  // Of a bucket, for one, which knows better.
  if (known.passing !== undefined) return known.passing;
  const { code, message = '' } = known;
  if (code && /^[0-9A-Z]{5}$/.test(code)) return passing.test(code);
  return broken.has(code ?? '') || /^Connection terminated|timeout|not queryable/i.test(message);
}

/** When an access key is locked, and for how long. */
export interface LockSettings {
  /** How many wrong signatures in a row lock it; 0 never locks. */
  failures: number;
  seconds: number;
}

/**
 * What the vendor does: "AK access failed to reach the limit". A stranger who knows an access key can thereby shut out its owner, but
 * for five minutes at a time: attempts during a lock count for nothing, so they cannot make it longer.
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-errorcode.html
 */
export const vendorLock: LockSettings = { failures: 5, seconds: 300 };

/** Counts wrong signatures by access key. Ask it only about keys that exist, or strangers fill the memory. */
export interface KeyLock {
  /** Seconds until the key may be used again, 0 if it may be. */
  secondsLeft(accessKey: string): number;
  failed(accessKey: string): void;
  succeeded(accessKey: string): void;
}

export function keyLock({ failures, seconds }: LockSettings, now: () => number): KeyLock {
  const wrong = new Map<string, number>();
  const lockedAt = new Map<string, number>();
  return {
    secondsLeft(accessKey) {
      const since = (now() - (lockedAt.get(accessKey) ?? -Infinity)) / 1000;
      // A clock that was set back must not prolong a lock.
      if (since >= 0 && since < seconds) return Math.ceil(seconds - since);
      lockedAt.delete(accessKey);
      return 0;
    },
    failed(accessKey) {
      if (failures === 0) return;
      const count = (wrong.get(accessKey) ?? 0) + 1;
      wrong.set(accessKey, count);
      if (count < failures) return;
      wrong.delete(accessKey);
      lockedAt.set(accessKey, now());
    },
    succeeded: (accessKey) => void wrong.delete(accessKey),
  };
}

/** @public */
export interface BackOff {
  /**
   * Milliseconds that are still to be waited before an attempt, counted from
   * `since`: when the last attempt ended.
   */
  remaining(now: number, since: number): number;
  /** The delay now in force, in milliseconds; 0 before the first failure. */
  current(): number;
  /** Notes an attempt, and doubles the delay for the one after it. */
  next(now: number, since: number): void;
}

const INITIAL_MS = 10_000;
const MAX_MS = 300_000;
/** The kubelet forgets failures after twice the maximum. */
const RESET_MS = 2 * MAX_MS;

/**
 * The kubelet's back-off: the first restart is at once, then 10 s, doubling to
 * 5 min, forgotten after 10 min without a failure.
 *
 * @public
 */
export function createBackOff(): BackOff {
  let delay = 0;
  let updated = 0;
  return {
    remaining(now, since) {
      if (delay === 0 || since - updated > RESET_MS) {
        return 0;
      }
      return Math.max(0, since + delay - now);
    },
    current: () => delay,
    next(now, since) {
      const expired = delay > 0 && since - updated > RESET_MS;
      delay = delay === 0 || expired ? INITIAL_MS : Math.min(delay * 2, MAX_MS);
      updated = now;
    },
  };
}

/** A duration as Go prints it: `10s`, `1m20s`, `5m0s`. @public */
export function formatDelay(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}

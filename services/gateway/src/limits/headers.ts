import type { Periods } from './calendar';
import type { Claim } from './Charge';
import { formatDuration } from './duration';
import { REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE } from './limitKinds';

/** What is left of a limit; never negative, though a model may have used more. */
export function leftOf({ account, limits }: Claim, limit: number): number {
  return Math.max(0, limits[limit] - account.used[limit]);
}

const NAMES = [
  { limit: REQUESTS_PER_MINUTE, unit: 'requests' },
  { limit: TOKENS_PER_MINUTE, unit: 'tokens' },
].map(({ limit, unit }) => ({
  limit,
  most: `x-ratelimit-limit-${unit}`,
  left: `x-ratelimit-remaining-${unit}`,
  reset: `x-ratelimit-reset-${unit}`,
}));

/**
 * OpenAI's `x-ratelimit-*`: of the limits per minute that apply, the one with
 * the least left.
 */
export function rateLimitHeaders(
  claims: readonly Claim[],
  periods: Periods,
  now: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { limit, most, left, reset } of NAMES) {
    let tightest: Claim | undefined;
    for (const claim of claims) {
      if (
        claim.limits[limit] !== Infinity &&
        (!tightest || leftOf(claim, limit) < leftOf(tightest, limit))
      ) {
        tightest = claim;
      }
    }
    if (tightest) {
      headers[most] = `${tightest.limits[limit]}`;
      headers[left] = `${leftOf(tightest, limit)}`;
      headers[reset] = formatDuration(periods.ends[limit] - now);
    }
  }
  return headers;
}

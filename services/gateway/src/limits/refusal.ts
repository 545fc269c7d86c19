import { ServiceError } from '@llm-platform/service-kit';
import type { Charge, Claim } from './Charge';
import { formatDuration } from './duration';
import { leftOf, rateLimitHeaders } from './headers';
import {
  CONCURRENT,
  limitNames,
  NANO_USD,
  periodLimits,
  type LimitName,
  type LimitScope,
} from './limitKinds';

/** The limit that keeps a request out. */
export interface Refusal {
  claim: Claim;
  /** Its place in the order of limits. */
  limit: number;
}

/** @public */
export interface RefusedLimit {
  scope: LimitScope;
  limit: LimitName;
  /** Whose credential it was. */
  team: string;
}

/**
 * The limit without room for a charge, of several the one that keeps it out
 * for longest: waiting for another would be in vain.
 */
export function findRefusal(charge: Charge): Refusal | undefined {
  const { claims, amounts, periods } = charge;
  let found: Refusal | undefined;
  let foundEnd = -1;
  for (const claim of claims) {
    const { account, limits } = claim;
    for (let i = 0; i < amounts.length; i += 1) {
      if (
        account.used[i] + amounts[i] > limits[i] &&
        periods.ends[i] > foundEnd
      ) {
        found = { claim, limit: i };
        foundEnd = periods.ends[i];
      }
    }
    if (
      foundEnd < 0 &&
      account.running + account.elsewhere + 1 > limits[CONCURRENT]
    ) {
      found = { claim, limit: CONCURRENT };
      foundEnd = 0;
    }
  }
  return found;
}

const WHOSE: Record<LimitScope, string> = {
  key: 'API key',
  team: 'team',
  person: 'person',
};

function amountText(limit: number, amount: number): string {
  if (periodLimits[limit].unit !== 'usd') {
    return `${amount}`;
  }
  // Six digits, since one request may cost a fraction of a cent.
  const digits = amount % (NANO_USD / 100) === 0 ? 2 : 6;
  return `$${(amount / NANO_USD).toFixed(digits)}`;
}

/** The 429 for a refused charge: which limit, how much is left, when it resets. */
export function refusalError(
  charge: Charge,
  { claim, limit }: Refusal,
  now: number,
): ServiceError {
  const { account, limits } = claim;
  const whose = `the ${WHOSE[account.scope]} '${account.name}'`;
  const headers = rateLimitHeaders(charge.claims, charge.periods, now);
  if (limit === CONCURRENT) {
    return new ServiceError(
      'rate_limit_exceeded',
      `Rate limit reached for ${whose} on concurrent requests: limit ${
        limits[limit]
      }, running ${
        account.running + account.elsewhere
      }, left 0. There is room as soon as one of them ends.`,
      { headers: { ...headers, 'retry-after': '1' } },
    );
  }

  const { unit, period } = periodLimits[limit];
  const ends = charge.periods.ends[limit];
  const needed = charge.amounts[limit];
  const isBudget = period !== 'minute';
  const kind = unit === 'usd' ? `money per ${period}` : `${unit} per ${period}`;
  const needs =
    unit === 'tokens'
      ? `this request may need ${needed} (about ${charge.tokens.prompt} for the prompt, up to ${charge.tokens.completion} for the answer)`
      : `this request ${unit === 'usd' ? 'may cost' : 'needs'} ${amountText(
          limit,
          needed,
        )}`;
  const tooLarge = needed > limits[limit];
  const resets = `It resets in ${formatDuration(ends - now)}${
    isBudget ? `, at ${new Date(ends).toISOString()}` : ''
  }.`;
  const advice = tooLarge
    ? ' The request alone is larger than the limit: shorten the prompt or lower max_tokens.'
    : '';
  return new ServiceError(
    isBudget ? 'insufficient_quota' : 'rate_limit_exceeded',
    `${
      isBudget ? 'Budget used up' : 'Rate limit reached'
    } for ${whose} on ${kind}: limit ${amountText(
      limit,
      limits[limit],
    )}, left ${amountText(
      limit,
      leftOf(claim, limit),
    )}, and ${needs}. ${resets}${advice}`,
    {
      ...(unit === 'tokens' && !isBudget && { type: 'tokens' }),
      headers: {
        ...headers,
        'retry-after': `${Math.max(1, Math.ceil((ends - now) / 1000))}`,
        // OpenAI's clients try a 429 again by themselves, here in vain.
        ...((isBudget || tooLarge) && { 'x-should-retry': 'false' }),
      },
    },
  );
}

/** A refusal in the words of metrics: never the name of a key or a person. */
export function refusedLimit(
  { claim, limit }: Refusal,
  team: string,
): RefusedLimit {
  return { scope: claim.account.scope, limit: limitNames[limit], team };
}

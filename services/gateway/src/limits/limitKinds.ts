/** What a limit counts. @public */
export type LimitUnit = 'requests' | 'tokens' | 'usd';

/** A calendar span in UTC after which a counter starts again. @public */
export type LimitPeriod = 'minute' | 'day' | 'month';

/** A limit on what is used within a period. @public */
export interface PeriodLimit {
  name: string;
  unit: LimitUnit;
  period: LimitPeriod;
}

/**
 * The limits that count within a period. Their order is that of every array of
 * counters, amounts and limits, here and in the Redis scripts.
 *
 * @public
 */
export const periodLimits = [
  { name: 'requestsPerMinute', unit: 'requests', period: 'minute' },
  { name: 'tokensPerMinute', unit: 'tokens', period: 'minute' },
  { name: 'tokensPerDay', unit: 'tokens', period: 'day' },
  { name: 'tokensPerMonth', unit: 'tokens', period: 'month' },
  { name: 'usdPerDay', unit: 'usd', period: 'day' },
  { name: 'usdPerMonth', unit: 'usd', period: 'month' },
] as const satisfies readonly PeriodLimit[];

/** Where `concurrent` stands in an array of limits: after those of periods. */
export const CONCURRENT = periodLimits.length;
export const REQUESTS_PER_MINUTE = 0;
export const TOKENS_PER_MINUTE = 1;
export const USD_PER_DAY = 4;
export const USD_PER_MONTH = 5;

/** @public */
export type LimitName = (typeof periodLimits)[number]['name'] | 'concurrent';

/** Every limit's name, in the order of limit arrays. @public */
export const limitNames: readonly LimitName[] = [
  ...periodLimits.map(limit => limit.name),
  'concurrent',
];

/** Whom a limit is about. @public */
export type LimitScope = 'key' | 'team' | 'person';

/** @public */
export const limitScopes: readonly LimitScope[] = ['key', 'team', 'person'];

/** Limits as people write them; money in US dollars. @public */
export type LimitSettings = Partial<Record<LimitName, number>>;

/**
 * Limits in the order of `limitNames`, money in billionths of a dollar,
 * Infinity where there is none.
 *
 * @public
 */
export type LimitValues = readonly number[];

/** For whom an entry says that there are no limits. */
export const unlimited: LimitValues = limitNames.map(() => Infinity);

/** Money is counted in whole billionths of a dollar, so that sums stay exact. */
export const NANO_USD = 1e9;

/** Limits in the form they are checked in; undefined where there are none. */
export function toLimitValues(
  settings: LimitSettings | undefined,
): LimitValues | undefined {
  if (!settings || Object.keys(settings).length === 0) {
    return undefined;
  }
  return limitNames.map(name => {
    const value = settings[name];
    if (value === undefined) {
      return Infinity;
    }
    return name === 'usdPerDay' || name === 'usdPerMonth'
      ? Math.round(value * NANO_USD)
      : value;
  });
}

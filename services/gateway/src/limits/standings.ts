import type { Credential } from '../credentials';
import type { Account } from './Account';
import type { Accounts } from './Accounts';
import {
  limitNames,
  NANO_USD,
  periodLimits,
  unlimited,
  type LimitName,
  type LimitScope,
  type LimitValues,
} from './limitKinds';
import type { LimitsConfig } from './limitsConfig';

/** Where a key or a team stands in one of its limits; money in US dollars. @public */
export interface Standing {
  scope: Exclude<LimitScope, 'person'>;
  team: string;
  /** Id of the key; empty for a team. */
  key: string;
  limit: LimitName;
  allowed: number;
  /** Used or reserved in the present period, as far as this process knows. */
  used: number;
}

function inUnit(limit: number, amount: number): number {
  return periodLimits[limit]?.unit === 'usd' ? amount / NANO_USD : amount;
}

/** `limit`: its place in the order of limits. */
function usedOf(
  account: Account | undefined,
  limit: number,
  periods: readonly number[],
): number {
  if (!account) {
    return 0;
  }
  if (limit >= periodLimits.length) {
    // What ran elsewhere is heard only when it is asked for: who has not been
    // asked for lately was heard of too long ago.
    const heardLately = periods[0] - account.asked < 2;
    return account.running + (heardLately ? account.elsewhere : 0);
  }
  // What an earlier period has used is forgotten when the account is next charged.
  return account.periods[limit] >= periods[limit] ? account.used[limit] : 0;
}

/**
 * The standing of every team and key that has limits. People are left out:
 * they are many, and metrics name nobody.
 *
 * @param keys - the application keys that are valid now
 * @param periods - the numbers of the present periods
 */
export function standingsOf(
  { teams, otherTeams }: LimitsConfig,
  keys: Iterable<Credential>,
  accounts: Accounts,
  periods: readonly number[],
): Standing[] {
  const standings: Standing[] = [];
  const add = (
    who: Pick<Standing, 'scope' | 'team' | 'key'>,
    limits: LimitValues | undefined,
  ) => {
    if (!limits || limits === unlimited) {
      return;
    }
    const account = accounts.find(who.scope, who.key || who.team);
    limits.forEach((allowed, i) => {
      if (allowed !== Infinity) {
        standings.push({
          ...who,
          limit: limitNames[i],
          allowed: inUnit(i, allowed),
          used: inUnit(i, usedOf(account, i, periods)),
        });
      }
    });
  };
  for (const [team, limits] of teams) {
    add({ scope: 'team', team, key: '' }, limits);
  }
  for (const { scope, name } of accounts.all()) {
    if (scope === 'team' && !teams.has(name)) {
      add({ scope, team: name, key: '' }, otherTeams);
    }
  }
  for (const { id, team, limits } of keys) {
    add({ scope: 'key', team, key: id }, limits);
  }
  return standings;
}

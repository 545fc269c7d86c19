import { randomUUID } from 'node:crypto';
import { ServiceError } from '@llm-platform/service-kit';
import { Redis } from 'ioredis';
import type { Account } from '../Account';
import type { Accounts } from '../Accounts';
import {
  book,
  correct,
  periodOfCorrection,
  reserveLocally,
  unbook,
} from '../booking';
import type { Calendar } from '../calendar';
import type { Charge, Claim } from '../Charge';
import type { Counters } from '../Counters';
import { CONCURRENT, periodLimits, type LimitPeriod } from '../limitKinds';
import type { Refusal } from '../refusal';
import { scripts } from './scripts';

/** @public */
export interface SharedLimitsOptions {
  /** `redis://` or `rediss://`, with user and password where needed. */
  url: string;
  /** While Redis is away: `open` limits by what this process counts, `closed` refuses. */
  whenAway: 'open' | 'closed';
}

/** How a gateway tells that it counts alone, or shares its counters again. @public */
export type SharingListener = (state: {
  shared: boolean;
  /** Why not; never with anything of the URL's user or password. */
  reason?: string;
}) => void;

const KEY_PREFIX = 'llm-platform:{gateway-limits}';
const COMMAND_TIMEOUT_MS = 500;
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
const RECONNECT_MS = { least: 200, most: 2000 };

const DAY_MS = 24 * 60 * 60_000;
/** How long the last of an account's counters may be of use. */
const LIFE_MS: Record<LimitPeriod, number> = {
  minute: 2 * 60_000,
  day: 2 * DAY_MS,
  month: 32 * DAY_MS,
};

function lifeOf(isCounted: (limit: number) => boolean): number {
  let life = LIFE_MS.minute;
  periodLimits.forEach(({ period }, i) => {
    if (isCounted(i)) {
      life = Math.max(life, LIFE_MS[period]);
    }
  });
  return life;
}

function hashOf({ scope, name }: Account): string {
  // One slot for all (the braces), or a Redis cluster would refuse the scripts.
  return `${KEY_PREFIX}:${scope}:${name}`;
}

function runningOf(account: Account): string {
  return `${hashOf(account)}:running`;
}

function keysOf(claims: readonly Claim[]): string[] {
  return claims.flatMap(({ account }) => [hashOf(account), runningOf(account)]);
}

function limitsOf(claims: readonly Claim[]): number[] {
  return claims.flatMap(({ limits }) => [
    ...limits.map(limit => (limit === Infinity ? -1 : limit)),
    lifeOf(i => limits[i] !== Infinity),
  ]);
}

/** A short cause for the log. Redis's own errors begin with a word such as `OOM`. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string'
    ? code
    : String(message).split('\n')[0].slice(0, 80);
}

/**
 * Counters in Redis, shared by the replicas of the gateway. What is known of
 * them is kept here too: when Redis is away, counting goes on from there, and
 * when it is back it is told what was counted meanwhile, even where it came
 * back empty.
 */
export class SharedCounters implements Counters {
  private readonly redis: Redis;
  private readonly replica = randomUUID();
  private leaseCount = 0;
  private readonly leases = new Map<Charge, string>();
  private connected = false;
  private announced: boolean | undefined;
  private stopped = false;
  private readonly renewing: NodeJS.Timeout;

  constructor(
    private readonly options: SharedLimitsOptions & {
      accounts: Accounts;
      calendar: Calendar;
      onSharing: SharingListener;
    },
  ) {
    this.redis = new Redis(options.url, {
      scripts,
      // A request that Redis doesn't answer is counted here, not waited for.
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: 5000,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: attempt =>
        Math.min(attempt * RECONNECT_MS.least, RECONNECT_MS.most),
    });
    this.redis.on('ready', () => this.share());
    this.redis.on('error', error => this.onAway(error));
    this.redis.on('close', () => this.onAway(new Error('connection closed')));
    this.renewing = setInterval(() => this.renew(), RENEW_MS).unref();
  }

  reserve(charge: Charge): Refusal | undefined | Promise<Refusal | undefined> {
    if (!this.connected) {
      return this.reserveAlone(charge);
    }
    const lease = this.newLease();
    return this.redis
      .reserveLimits(
        charge.claims.length * 2,
        ...keysOf(charge.claims),
        lease,
        LEASE_MS,
        ...charge.amounts,
        ...charge.periods.numbers,
        ...limitsOf(charge.claims),
      )
      .then(
        answer => this.onAnswer(charge, lease, answer),
        error => {
          this.lose(error);
          return this.reserveAlone(charge);
        },
      );
  }

  close(charge: Charge, correction: readonly number[]): void {
    const current = this.options.calendar.periods().numbers;
    const lease = this.leases.get(charge) ?? '';
    this.leases.delete(charge);
    unbook(charge, correction, current);
    if (!this.connected) {
      correct('untold', charge, correction, current);
      return;
    }
    this.redis
      .settleLimits(
        charge.claims.length * 2,
        ...keysOf(charge.claims),
        lease,
        ...correction,
        ...correction.map((amount, i) =>
          periodOfCorrection(amount, charge.periods.numbers[i], current[i]),
        ),
        ...limitsOf(charge.claims),
      )
      .catch(error => {
        correct('untold', charge, correction, current);
        this.lose(error);
      });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.renewing);
    // What was settled last is still on its way.
    await this.redis.quit().catch(() => {});
    this.redis.disconnect();
  }

  private newLease(): string {
    this.leaseCount += 1;
    return `${this.replica}:${this.leaseCount}`;
  }

  private reserveAlone(charge: Charge): Refusal | undefined {
    if (this.options.whenAway === 'closed') {
      throw new ServiceError(
        'limits_unavailable',
        'Usage limits cannot be checked at the moment, and this gateway answers nothing unchecked. Try again shortly.',
        { headers: { 'retry-after': '5' } },
      );
    }
    const refusal = reserveLocally(charge);
    if (!refusal) {
      this.leases.set(charge, this.newLease());
      correct(
        'untold',
        charge,
        charge.amounts,
        this.options.calendar.periods().numbers,
      );
    }
    return refusal;
  }

  /** Takes over what the script answered: see its description. */
  private onAnswer(
    charge: Charge,
    lease: string,
    answer: number[],
  ): Refusal | undefined {
    const [refusing, limit] = answer;
    let at = 2;
    for (const { account, limits } of charge.claims) {
      account.enter(charge.periods.numbers);
      if (limits[CONCURRENT] !== Infinity) {
        account.elsewhere = Math.max(0, answer[at] - account.running);
      }
      for (let i = 0; i < periodLimits.length; i += 1) {
        const isPresent = account.periods[i] === charge.periods.numbers[i];
        if (limits[i] !== Infinity && isPresent) {
          account.used[i] = answer[at + 1 + i];
        }
      }
      at += 1 + periodLimits.length;
    }
    if (refusing > 0) {
      return { claim: charge.claims[refusing - 1], limit: limit - 1 };
    }
    book(charge);
    this.leases.set(charge, lease);
    return undefined;
  }

  /** The connection is there, maybe to a Redis that has forgotten everything. */
  private share(): void {
    // Commands of one connection keep their order: whatever is reserved from
    // here on comes after this.
    this.connected = true;
    const { accounts, calendar } = this.options;
    const { numbers } = calendar.periods();
    const told = accounts.all().map(account => {
      account.enter(numbers);
      const untold = [...account.untold];
      return this.redis
        .mergeLimits(
          hashOf(account),
          lifeOf(i => account.used[i] !== 0),
          ...account.periods.flatMap((period, i) => [
            period,
            Math.max(0, account.used[i] - untold[i]),
            untold[i],
          ]),
        )
        .then(() => {
          untold.forEach((amount, i) => {
            if (account.periods[i] === numbers[i]) {
              account.untold[i] -= amount;
            }
          });
        });
    });
    Promise.all([...told, ...this.renewals()]).then(
      () => this.announce(true),
      error => this.lose(error),
    );
  }

  private renew(): void {
    if (this.connected) {
      Promise.all(this.renewals()).catch(error => this.lose(error));
    }
  }

  private renewals(): Array<Promise<unknown>> {
    const byAccount = new Map<Account, string[]>();
    for (const [{ claims }, lease] of this.leases) {
      for (const { account, limits } of claims) {
        if (limits[CONCURRENT] !== Infinity) {
          const held = byAccount.get(account);
          if (held) {
            held.push(lease);
          } else {
            byAccount.set(account, [lease]);
          }
        }
      }
    }
    return [...byAccount].map(([account, held]) =>
      this.redis.renewLimits(runningOf(account), LEASE_MS, ...held),
    );
  }

  /** A command failed, so that it is unknown what Redis has: the next connection tells it. */
  private lose(error: unknown): void {
    if (this.connected) {
      this.onAway(error);
      this.redis.disconnect(true);
    }
  }

  private onAway(error: unknown): void {
    if (this.connected) {
      this.connected = false;
      for (const account of this.options.accounts.all()) {
        account.elsewhere = 0;
      }
    }
    this.announce(false, reasonOf(error));
  }

  private announce(shared: boolean, reason?: string): void {
    if (this.announced === shared || this.stopped) {
      return;
    }
    this.announced = shared;
    this.options.onSharing({ shared, ...(reason && { reason }) });
  }
}

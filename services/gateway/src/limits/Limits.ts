import type { Credential } from '../credentials';
import { Accounts } from './Accounts';
import { Calendar } from './calendar';
import { Charge, type Claim } from './Charge';
import { LocalCounters, type Counters } from './Counters';
import {
  USD_PER_DAY,
  USD_PER_MONTH,
  unlimited,
  type LimitScope,
  type LimitValues,
} from './limitKinds';
import { noLimits, type LimitsConfig, type ModelTerms } from './limitsConfig';
import {
  SharedCounters,
  type SharedLimitsOptions,
  type SharingListener,
} from './redis';
import {
  refusalError,
  refusedLimit,
  type Refusal,
  type RefusedLimit,
} from './refusal';
import { standingsOf, type Standing } from './standings';
import type { Admission, AdmissionRequest, Reservation } from './types';

/** @public */
export interface LimitsOptions {
  /** Ms since the epoch; periods go by it. */
  now?: () => number;
  /** Counters shared by several replicas; left out, they are in this process. */
  shared?: SharedLimitsOptions;
  onSharing?: SharingListener;
  onRefused?: (refused: RefusedLimit) => void;
  /** A budget of money meets a model without a price; told once per model and configuration. */
  onUnpriced?: (model: string) => void;
}

/** A token has three bytes or more in most texts; few have fewer. */
const BYTES_PER_TOKEN = 3;
/** Keeps sums exact, whatever number a client sends. */
const MOST_TOKENS = 1_000_000_000;

const UNLIMITED: Reservation = { headers: {}, settle() {} };

function usableCount(count: number | undefined): number | undefined {
  return count !== undefined && count >= 0
    ? Math.min(Math.ceil(count), MOST_TOKENS)
    : undefined;
}

function hasBudget({ limits }: Claim): boolean {
  return limits[USD_PER_DAY] !== Infinity || limits[USD_PER_MONTH] !== Infinity;
}

/**
 * Limits of keys, teams and people: a request reserves before it goes to a
 * model, in every limit that concerns it or in none, and settles afterwards.
 *
 * @public
 */
export class Limits implements Admission {
  private config: LimitsConfig = noLimits;
  private readonly accounts = new Accounts();
  private readonly calendar: Calendar;
  private readonly counters: Counters;
  private readonly unpriced = new Set<string>();

  constructor(private readonly options: LimitsOptions = {}) {
    this.calendar = new Calendar(options.now ?? Date.now);
    this.counters = options.shared
      ? new SharedCounters({
          ...options.shared,
          accounts: this.accounts,
          calendar: this.calendar,
          onSharing: options.onSharing ?? (() => {}),
        })
      : new LocalCounters(this.calendar);
  }

  /** Takes over limits of teams and people and prices. What was used stays counted. */
  configure(config: LimitsConfig): void {
    this.config = config;
    this.unpriced.clear();
  }

  /** How many keys, teams and people are being counted. */
  get size(): number {
    return this.accounts.size;
  }

  /** Where every team, and each of these keys, stands in its limits. */
  standings(keys: Iterable<Credential>): Standing[] {
    return standingsOf(
      this.config,
      keys,
      this.accounts,
      this.calendar.periods().numbers,
    );
  }

  admit(request: AdmissionRequest): Reservation | Promise<Reservation> {
    const now = this.calendar.now();
    const periods = this.calendar.periods(now);
    const claims = this.claimsOf(request.credential, periods.numbers);
    if (claims.length === 0) {
      return UNLIMITED;
    }
    const terms = this.termsOf(request.model);
    if (!terms && claims.some(hasBudget)) {
      this.reportUnpriced(request.model);
    }
    const charge = new Charge(
      this.counters,
      claims,
      periods,
      this.estimate(request, terms),
      terms,
      now,
    );
    const refusal = this.counters.reserve(charge);
    return refusal instanceof Promise
      ? refusal.then(late => this.outcome(request, charge, late, now))
      : this.outcome(request, charge, refusal, now);
  }

  close(): Promise<void> {
    return this.counters.stop();
  }

  private outcome(
    { credential }: AdmissionRequest,
    charge: Charge,
    refusal: Refusal | undefined,
    now: number,
  ): Reservation {
    if (refusal) {
      this.options.onRefused?.(refusedLimit(refusal, credential.team));
      throw refusalError(charge, refusal, now);
    }
    return charge;
  }

  private claimsOf(credential: Credential, periods: readonly number[]) {
    const { teams, otherTeams, person } = this.config;
    const claims: Claim[] = [];
    this.claim(claims, 'key', credential.id, credential.limits, periods);
    const team = teams.get(credential.team) ?? otherTeams;
    this.claim(claims, 'team', credential.team, team, periods);
    if (credential.subject !== undefined) {
      this.claim(claims, 'person', credential.subject, person, periods);
    }
    return claims;
  }

  private claim(
    claims: Claim[],
    scope: LimitScope,
    name: string,
    limits: LimitValues | undefined,
    periods: readonly number[],
  ): void {
    if (limits && limits !== unlimited) {
      claims.push({ account: this.accounts.get(scope, name, periods), limits });
    }
  }

  private reportUnpriced(model: string): void {
    if (!this.unpriced.has(model)) {
      this.unpriced.add(model);
      this.options.onUnpriced?.(model);
    }
  }

  private termsOf(model: string): ModelTerms | undefined {
    return this.config.models.get(model) ?? this.config.otherModels;
  }

  /** The most that a request is expected to use. */
  private estimate(
    { promptBytes, maxTokens, answers = 1 }: AdmissionRequest,
    terms: ModelTerms | undefined,
  ) {
    return {
      prompt: usableCount(promptBytes / BYTES_PER_TOKEN) ?? 0,
      completion:
        usableCount(maxTokens) ??
        Math.min(
          MOST_TOKENS,
          answers * (terms?.maxTokens ?? this.config.defaultMaxTokens),
        ),
    };
  }
}

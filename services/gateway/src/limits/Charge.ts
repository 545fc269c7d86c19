import type { Usage } from '../upstream';
import type { Account } from './Account';
import type { Periods } from './calendar';
import { rateLimitHeaders } from './headers';
import { USD_PER_DAY, type LimitValues } from './limitKinds';
import type { ModelTerms } from './limitsConfig';
import type { Reservation } from './types';

/** An account together with the limits that held when it was charged. */
export interface Claim {
  readonly account: Account;
  readonly limits: LimitValues;
}

/** Where charges are booked. */
export interface Book {
  /** Ends a charge and corrects it by these amounts; called once per charge. */
  close(charge: Charge, correction: readonly number[]): void;
}

/** Amounts in the order of `periodLimits`. */
export function amountsOf(
  requests: number,
  tokens: number,
  nanoUsd: number,
): readonly number[] {
  return [requests, tokens, tokens, tokens, nanoUsd, nanoUsd];
}

/** What tokens cost, in whole billionths of a dollar. */
export function costOf(
  terms: ModelTerms | undefined,
  promptTokens: number,
  completionTokens: number,
): number {
  return terms
    ? Math.ceil(
        promptTokens * terms.promptNanoUsd +
          completionTokens * terms.completionNanoUsd,
      )
    : 0;
}

const NOTHING = amountsOf(0, 0, 0);

/** One request's reservation in every account that it concerns. */
export class Charge implements Reservation {
  readonly amounts: readonly number[];
  private settled = false;

  constructor(
    private readonly book: Book,
    readonly claims: readonly Claim[],
    readonly periods: Periods,
    readonly tokens: { prompt: number; completion: number },
    private readonly terms: ModelTerms | undefined,
    private readonly now: number,
  ) {
    this.amounts = amountsOf(
      1,
      tokens.prompt + tokens.completion,
      costOf(terms, tokens.prompt, tokens.completion),
    );
  }

  get headers(): Readonly<Record<string, string>> {
    return rateLimitHeaders(this.claims, this.periods, this.now);
  }

  settle(used: Usage | undefined | 'nothing'): void {
    if (this.settled) {
      return;
    }
    this.settled = true;
    this.book.close(this, this.correctionFor(used));
  }

  private correctionFor(
    used: Usage | undefined | 'nothing',
  ): readonly number[] {
    if (used === undefined) {
      return NOTHING;
    }
    const [requests, tokens] = this.amounts;
    const nanoUsd = this.amounts[USD_PER_DAY];
    if (used === 'nothing') {
      return amountsOf(-requests, -tokens, -nanoUsd);
    }
    const { promptTokens, completionTokens } = used;
    return amountsOf(
      0,
      promptTokens + completionTokens - tokens,
      costOf(this.terms, promptTokens, completionTokens) - nanoUsd,
    );
  }
}

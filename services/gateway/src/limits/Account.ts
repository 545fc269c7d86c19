import { periodLimits, type LimitScope } from './limitKinds';

const ZEROS = periodLimits.map(() => 0);

/**
 * What one key, team or person has used, as far as this process knows. The
 * arrays are in the order of `periodLimits`.
 */
export class Account {
  /** Requests of this process that are running. */
  running = 0;
  /** Requests that were running in other replicas when that was last heard. */
  elsewhere = 0;
  /** Used or reserved in the period that the same place of `periods` numbers. */
  readonly used: number[] = [...ZEROS];
  readonly periods: number[] = [...ZEROS];
  /** The part of `used` that the other replicas haven't been told yet. */
  readonly untold: number[] = [...ZEROS];

  /** Number of the minute in which it was last asked for. */
  asked = 0;

  constructor(readonly scope: LimitScope, readonly name: string) {}

  /** Starts the counters again whose period is over. A clock that is set back starts none. */
  enter(periods: readonly number[]): void {
    for (let i = 0; i < periods.length; i += 1) {
      if (periods[i] > this.periods[i]) {
        this.periods[i] = periods[i];
        this.used[i] = 0;
        this.untold[i] = 0;
      }
    }
  }

  /** Whether forgetting it would change nothing. What was asked for just now may be about to be used. */
  isIdle(periods: readonly number[]): boolean {
    if (this.running > 0 || periods[0] - this.asked < 2) {
      return false;
    }
    for (let i = 0; i < periods.length; i += 1) {
      if (this.used[i] !== 0 && this.periods[i] >= periods[i]) {
        return false;
      }
    }
    return true;
  }
}

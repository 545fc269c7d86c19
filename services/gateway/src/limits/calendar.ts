import { periodLimits, type LimitPeriod } from './limitKinds';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The periods that a moment lies in, in the order of `periodLimits`. One
 * object serves a whole minute.
 */
export interface Periods {
  /** Number of each period; a later one has a higher number. */
  readonly numbers: readonly number[];
  /** When each ends, in ms since the epoch. */
  readonly ends: readonly number[];
}

function periodsAt(minute: number): Periods {
  const start = minute * MINUTE_MS;
  const day = Math.floor(start / DAY_MS);
  const date = new Date(start);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const numberOf: Record<LimitPeriod, number> = {
    minute,
    day,
    month: year * 12 + month,
  };
  const endOf: Record<LimitPeriod, number> = {
    minute: start + MINUTE_MS,
    day: (day + 1) * DAY_MS,
    month: Date.UTC(year, month + 1),
  };
  return {
    numbers: periodLimits.map(({ period }) => numberOf[period]),
    ends: periodLimits.map(({ period }) => endOf[period]),
  };
}

/** A clock that also tells the periods, which mostly are those of the last time. */
export class Calendar {
  private minute = NaN;
  private current: Periods = { numbers: [], ends: [] };

  constructor(readonly now: () => number) {}

  periods(now: number = this.now()): Periods {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.current = periodsAt(minute);
    }
    return this.current;
  }
}

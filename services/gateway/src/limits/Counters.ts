import { reserveLocally, unbook } from './booking';
import type { Calendar } from './calendar';
import type { Book, Charge } from './Charge';
import type { Refusal } from './refusal';

/** Where what is used is counted. */
export interface Counters extends Book {
  /** Books a charge in all of its accounts, or in none and tells the limit that has no room. */
  reserve(charge: Charge): Refusal | undefined | Promise<Refusal | undefined>;
  stop(): Promise<void>;
}

/** The counters of a gateway that is alone: nothing here waits. */
export class LocalCounters implements Counters {
  constructor(private readonly calendar: Calendar) {}

  reserve(charge: Charge): Refusal | undefined {
    return reserveLocally(charge);
  }

  close(charge: Charge, correction: readonly number[]): void {
    unbook(charge, correction, this.calendar.periods().numbers);
  }

  async stop(): Promise<void> {}
}

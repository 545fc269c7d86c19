import pLimit from 'p-limit';
import { QueryFailure } from '../failures';

/** More than a dashboard of many panels needs; a page in a loop gets no further. */
const MAX_WAITING = 500;

/** Lets each key do a number of things at once; more of them wait for their turn. */
export class Turns {
  readonly #concurrent: number;
  readonly #byKey = new Map<string, ReturnType<typeof pLimit>>();

  constructor(concurrent: number) {
    this.#concurrent = concurrent;
  }

  /** Throws a QueryFailure `too_many` when too many wait already. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const limit = this.#byKey.get(key) ?? pLimit(this.#concurrent);
    if (limit.pendingCount >= MAX_WAITING) {
      throw new QueryFailure(
        'too_many',
        `${MAX_WAITING} queries are waiting already. Try again when some have been answered.`,
      );
    }
    this.#byKey.set(key, limit);
    try {
      return await limit(work);
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) {
        this.#byKey.delete(key);
      }
    }
  }
}

import type { QueryResult } from '@llm-platform/plugin-grafana-panels-common';
import { QueryFailure } from '../failures';

/**
 * Each answer is within the limit of points by itself; this keeps all that go to the browser at once within it too. It is
 * asked as answers come, so that what is too much isn't held until the last of them.
 */
export class PointAllowance {
  readonly #limit: number;
  #left: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#left = limit;
  }

  /** The result, or in its place that there was no room for it; such a one takes none from those behind it. */
  take(result: QueryResult): QueryResult {
    const { series = [], ...rest } = result;
    const points = series.reduce((sum, { times }) => sum + times.length, 0);
    if (points > this.#left) {
      return {
        ...rest,
        error: new QueryFailure(
          'too_large',
          `The queries of one request have more than ${
            this.#limit
          } points. Choose a shorter range or fewer series.`,
        ).toJSON(),
      };
    }
    this.#left -= points;
    return result;
  }
}

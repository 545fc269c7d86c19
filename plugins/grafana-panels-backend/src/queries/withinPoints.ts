import type { QueryResult } from '@llm-platform/plugin-grafana-panels-common';
import { QueryFailure } from '../failures';

/** Each answer is within the limit by itself; this keeps all that go to the browser at once within it too. */
export function withinPoints(
  results: QueryResult[],
  limit: number,
): QueryResult[] {
  let points = 0;
  return results.map(({ series = [], ...result }) => {
    if (result.error) {
      return result;
    }
    points += series.reduce((sum, { times }) => sum + times.length, 0);
    return points <= limit
      ? { ...result, series }
      : {
          ...result,
          error: new QueryFailure(
            'too_large',
            `The queries of one request have more than ${limit} points. Choose a shorter range or fewer series.`,
          ).toJSON(),
        };
  });
}

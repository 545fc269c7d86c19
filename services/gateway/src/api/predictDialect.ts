import type { Dialect } from '../upstream';

/** @public */
export const predictDialect: Dialect = {
  noun: 'service',
  failed: 'prediction_failed',
  // What looks like usage there may be a model's words, or anything else.
  tellsUsage: false,
  toBody: (error, requestId) => error.toApiBody(requestId),
};

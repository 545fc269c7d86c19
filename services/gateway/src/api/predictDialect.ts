import type { Dialect } from '../upstream';

/** @public */
export const predictDialect: Dialect = {
  noun: 'service',
  failed: 'prediction_failed',
  toBody: (error, requestId) => error.toApiBody(requestId),
};

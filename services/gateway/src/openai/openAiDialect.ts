import type { Dialect } from '../upstream';

/** @public */
export const openAiDialect: Dialect = {
  noun: 'model',
  failed: 'upstream_failed',
  tellsUsage: true,
  toBody: error => error.toBody(),
};

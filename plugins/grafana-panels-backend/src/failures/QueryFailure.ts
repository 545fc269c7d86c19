import type { QueryError } from '@llm-platform/plugin-grafana-panels-common';

export type FailureCode =
  | 'refused'
  | 'bad_query'
  | 'too_large'
  | 'too_many'
  | 'timeout'
  | 'unreachable'
  | 'upstream_error';

/** Why a query has no answer, as the panel says it. */
export class QueryFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'QueryFailure';
    this.code = code;
  }

  toJSON(): QueryError {
    return { code: this.code, message: this.message };
  }
}

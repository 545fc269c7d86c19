import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { QueryFailure, type FailureCode } from '../failures';

const ERRORS: Record<FailureCode, new (message: string) => Error> = {
  refused: InputError,
  bad_query: InputError,
  too_large: InputError,
  too_many: ServiceUnavailableError,
  timeout: ServiceUnavailableError,
  unreachable: ServiceUnavailableError,
  upstream_error: ServiceUnavailableError,
};

/** A request of which nothing can be answered, as Backstage's errors. The message says it all. */
export const failures: ErrorRequestHandler = (error, _req, _res, next) => {
  next(error instanceof QueryFailure ? toHttpError(error) : error);
};

function toHttpError({ code, message }: QueryFailure): Error {
  return new ERRORS[code](message);
}

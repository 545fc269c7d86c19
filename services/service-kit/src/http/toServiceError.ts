import { ServiceError } from '../errors';

/**
 * Turns whatever was thrown into an error that may be shown. What isn't known
 * becomes `internal_error`, without its message: it may hold anything.
 *
 * @public
 */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) {
    return error;
  }
  const { code, statusCode } = error as {
    code?: unknown;
    statusCode?: unknown;
  };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new ServiceError(
      'request_too_large',
      'The request body is larger than this service accepts.',
    );
  }
  if (statusCode === 408) {
    return new ServiceError(
      'request_timeout',
      'The request was not received in time.',
    );
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new ServiceError('bad_request', 'The request could not be read.', {
      cause: error,
    });
  }
  return new ServiceError(
    'internal_error',
    'The service failed on this request. Its x-request-id finds the reason in the log.',
    { cause: error },
  );
}

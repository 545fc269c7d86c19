import { errors } from 'undici';
import { ServiceError } from '../errors';

/** System errors after which nothing can have been received. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | undefined)?.code;
}

/** A host with several addresses fails with one error for each. */
function isNotReached(error: unknown): boolean {
  if (error instanceof AggregateError) {
    return error.errors.every(isNotReached);
  }
  const code = codeOf(error);
  return (
    (typeof code === 'string' && NOT_REACHED.has(code)) ||
    // The proxy refused to connect there.
    (error instanceof errors.RequestAbortedError &&
      error.message.startsWith('Proxy response'))
  );
}

/**
 * What is told of a call that failed between here and the backend.
 *
 * @param error - what undici rejected with
 * @param timeoutMs - the time that the call was given, for the message
 */
export function transportError(
  error: unknown,
  timeoutMs: number,
): ServiceError {
  if (isNotReached(error)) {
    return new ServiceError(
      'upstream_unreachable',
      'The model server accepted no connection.',
      { cause: error },
    );
  }
  if (
    (error as { name?: unknown } | undefined)?.name === 'TimeoutError' ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  ) {
    return new ServiceError(
      'upstream_timeout',
      `The model did not answer within ${timeoutMs / 1000} seconds.`,
      { cause: error },
    );
  }
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new ServiceError(
      'prediction_failed',
      'The model server answered with more than an answer can hold.',
      { cause: error },
    );
  }
  return new ServiceError(
    'upstream_failed',
    'The model server took the request but broke off before it had answered.',
    { cause: error },
  );
}

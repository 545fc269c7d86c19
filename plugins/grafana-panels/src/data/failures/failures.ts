/** Asking again gives the same: what is asked for is wrong, not the way to it. */
export class FinalError extends Error {
  override readonly name = 'FinalError';
}

/** Of queries: what another attempt may answer. */
const PASSING_CODES = new Set([
  'timeout',
  'too_many',
  'unreachable',
  'upstream_error',
]);

/** Sent by a server that may answer a little later. */
const PASSING_STATUS = new Set([401, 408, 425, 429]);

/** An error that says whether another attempt may help. */
export function errorOfQuery(error: { code: string; message: string }): Error {
  return PASSING_CODES.has(error.code)
    ? new Error(error.message)
    : new FinalError(error.message);
}

/** What was there before is no longer the reader's to see, or no longer there. */
export function isDeniedOrMissing(error: unknown): boolean {
  const status = statusOf(error);
  return status === 403 || status === 404;
}

/** Refused, missing and wrong don't get better by asking again. */
export function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  return (
    error instanceof FinalError ||
    (status !== undefined &&
      status >= 400 &&
      status < 500 &&
      !PASSING_STATUS.has(status))
  );
}

/** HTTP status of an answer that was none. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error
    ? Number(error.statusCode)
    : undefined;
}

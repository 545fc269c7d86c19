import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const ACCEPTABLE = /^[A-Za-z0-9._-]{1,128}$/;

/**
 * The caller's `x-request-id` where it is harmless to log and to pass on,
 * otherwise a new one.
 *
 * @public
 */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given)
    ? given
    : randomUUID();
}

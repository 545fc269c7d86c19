import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The caller's own id where it is one, else a random one. */
export function baseRequestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given)
    ? given
    : randomBytes(16).toString('hex');
}

/** vLLM's request ids: `cmpl-` and `chatcmpl-` before the caller's own. */
export function requestId(prefix: string, request: IncomingMessage): string {
  return `${prefix}-${baseRequestId(request)}`;
}

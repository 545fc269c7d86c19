import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** vLLM's request ids: the caller's own, or a random one. */
export function requestId(prefix: string, request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  const usable = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
  return `${prefix}-${usable ? given : randomBytes(16).toString('hex')}`;
}

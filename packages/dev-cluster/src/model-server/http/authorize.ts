import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const hash = (text: string) => createHash('sha256').update(text).digest();

/** vLLM's `--api-key`: a bearer token for everything under `/v1`. */
export function isAuthorized(
  request: IncomingMessage,
  pathname: string,
  apiKeys: readonly string[],
): boolean {
  if (apiKeys.length === 0 || !pathname.startsWith('/v1')) {
    return true;
  }
  const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme.toLowerCase() !== 'bearer' || !token) {
    return false;
  }
  const given = hash(token);
  return apiKeys.some(key => timingSafeEqual(hash(key), given));
}

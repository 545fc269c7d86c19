import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '@llm-platform/service-kit';
import type { ApplicationKeys } from './ApplicationKeys';
import type { Credential } from './Credential';
import type { PortalTokens } from './PortalTokens';

const KEY_PREFIX = 'sk-llmp-';
const LONGEST_CREDENTIAL = 8192;
const CHALLENGE = { 'www-authenticate': 'Bearer' };

/**
 * The credential of a request: the bearer token, else `x-api-key` (the API
 * server's service proxy drops `Authorization`).
 *
 * @public
 */
export function credentialText(
  headers: IncomingHttpHeaders,
): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) {
    return bearer;
  }
  const key = headers['x-api-key'];
  return typeof key === 'string' && key.trim() ? key.trim() : undefined;
}

type Checked = Credential | 'expired' | 'unknown';

/** The credential that was found, else a 401 in OpenAI's shape. */
function accepted(checked: Checked): Credential {
  if (checked === 'expired') {
    throw new ServiceError(
      'expired_api_key',
      'The API key has expired. Ask for a new one in the portal.',
      { headers: CHALLENGE },
    );
  }
  if (checked === 'unknown') {
    throw new ServiceError(
      'invalid_api_key',
      'Incorrect API key provided. It may have been revoked.',
      { headers: CHALLENGE },
    );
  }
  return checked;
}

/**
 * Who sends this request; throws a 401 in OpenAI's shape. Only the signature
 * of a portal's token is waited for.
 *
 * @public
 */
export function authenticate(
  headers: IncomingHttpHeaders,
  known: { keys: ApplicationKeys; tokens: PortalTokens },
  now: number,
): Credential | Promise<Credential> {
  const text = credentialText(headers);
  if (!text) {
    throw new ServiceError(
      'missing_api_key',
      "You didn't provide an API key. Send it in the Authorization header as 'Bearer YOUR_KEY', or in x-api-key.",
      { headers: CHALLENGE },
    );
  }
  if (text.length > LONGEST_CREDENTIAL) {
    return accepted('unknown');
  }
  return text.startsWith(KEY_PREFIX)
    ? accepted(known.keys.check(text, now))
    : known.tokens.check(text, now).then(accepted);
}

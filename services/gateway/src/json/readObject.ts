import { ServiceError } from '@llm-platform/service-kit';

/**
 * The fields of a body that must be a JSON object. Throws `invalid_json`,
 * without the parser's message: it quotes the body, which may be a prompt.
 *
 * @public
 */
export function readObject(body: Buffer | undefined): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    throw new ServiceError(
      'invalid_json',
      'We could not parse the JSON body of your request.',
    );
  }
  if (!isObject(parsed)) {
    throw new ServiceError('invalid_json', 'The body must be a JSON object.');
  }
  return parsed;
}

/** @public */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

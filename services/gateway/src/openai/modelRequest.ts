import { ServiceError } from '@llm-platform/service-kit';
import { replaceTopLevelValue } from './topLevel';

/** What the gateway reads of a request's body. @public */
export interface ModelRequest {
  model: string;
  stream: boolean;
}

/**
 * Reads a body once. The bytes themselves are what goes upstream.
 *
 * @public
 */
export function readModelRequest(body: Buffer | undefined): ModelRequest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    // The parser's message quotes the body, which may be a prompt.
    throw new ServiceError(
      'invalid_json',
      'We could not parse the JSON body of your request.',
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ServiceError('invalid_json', 'The body must be a JSON object.');
  }
  const { model, stream } = parsed as { model?: unknown; stream?: unknown };
  if (typeof model !== 'string' || model === '') {
    throw new ServiceError(
      'missing_model',
      'You must provide a model parameter.',
      { param: 'model' },
    );
  }
  return { model, stream: stream === true };
}

/** The body with another model name and every other byte as it was. @public */
export function withModel(body: Buffer, model: string): Buffer {
  return replaceTopLevelValue(body, 'model', JSON.stringify(model));
}

import { ServiceError } from '@llm-platform/service-kit';
import { readObject, replaceTopLevelValue } from '../json';
import { allowedTokens, answerCount } from './allowedTokens';
import { laxBoolean } from './laxValues';
import { readUsageWish, withUsageWish, type UsageWish } from './usageWish';

/** @public */
export type InferencePath =
  | '/v1/chat/completions'
  | '/v1/completions'
  | '/v1/embeddings';

/** What the gateway reads of a request's body. @public */
export interface ModelRequest {
  model: string;
  stream: boolean;
  /** Completion tokens that the body allows, undefined where it doesn't say. */
  maxTokens: number | undefined;
  /** How many answers it asks for. */
  answers: number;
  usageWish: UsageWish;
  /** The whole body, parsed: for what is read only sometimes. */
  fields: Record<string, unknown>;
}

/**
 * Reads a body once. The bytes themselves are what goes upstream.
 *
 * @public
 */
export function readModelRequest(
  body: Buffer | undefined,
  path: InferencePath,
): ModelRequest {
  const fields = readObject(body);
  const { model } = fields;
  if (typeof model !== 'string' || model === '') {
    throw new ServiceError(
      'missing_model',
      'You must provide a model parameter.',
      { param: 'model' },
    );
  }
  const stream = laxBoolean(fields.stream) === true;
  return {
    model,
    stream,
    maxTokens: allowedTokens(fields, path),
    answers: answerCount(fields, path),
    usageWish:
      stream && path !== '/v1/embeddings' ? readUsageWish(fields) : 'leave',
    fields,
  };
}

const MODEL_KEY = Buffer.from('"model"');
/** How a letter of the key would be escaped; nobody does that in earnest. */
const ESCAPED_LETTER = Buffer.from('\\u006');

/** Whether `model` may be in the body twice, or where a plain search misses it. */
function mayNameModelTwice(body: Buffer): boolean {
  const first = body.indexOf(MODEL_KEY);
  return (
    first < 0 ||
    body.includes(MODEL_KEY, first + MODEL_KEY.length) ||
    body.includes(ESCAPED_LETTER)
  );
}

/**
 * The bytes for an upstream that calls the model `servedName`: what has to be
 * different is, and every other byte is as it was. Where the body has two
 * models both become this one, so that the upstream can't take the other.
 *
 * @public
 */
export function upstreamBody(
  body: Buffer,
  request: Pick<ModelRequest, 'model' | 'usageWish'>,
  servedName: string,
): Buffer {
  const named =
    servedName !== request.model || mayNameModelTwice(body)
      ? replaceTopLevelValue(body, 'model', JSON.stringify(servedName))
      : body;
  return withUsageWish(named, request.usageWish);
}

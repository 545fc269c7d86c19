import type { AnswerRequest, PromptSegment } from '../engine';
import { ApiError, badRequest } from './apiError';
import type { Fields } from './fields';
import { readSampling, readStop } from './sampling';
import type { ServerModel } from './serverModel';

/** What the client wants to read of the answer. */
export interface AnswerShape {
  stream: boolean;
  includeUsage: boolean;
  continuousUsage: boolean;
}

/** Refuses a model that isn't served here, as vLLM does. */
export function checkModel(fields: Fields, server: ServerModel): string {
  const model = fields.string('model');
  fields.check();
  const [canonical] = server.servedModelNames;
  if (model === undefined) {
    return canonical;
  }
  const names = [
    ...server.servedModelNames,
    ...server.adapters.map(({ name }) => name),
  ];
  if (!names.includes(model)) {
    throw new ApiError(
      404,
      'NotFoundError',
      `The model \`${model}\` does not exist.`,
      'model',
    );
  }
  return model;
}

export function readShape(fields: Fields): AnswerShape {
  const stream = fields.boolean('stream') ?? false;
  const options = fields.object('stream_options');
  fields.check();
  if (options && !stream) {
    throw badRequest('Stream options can only be defined when `stream=True`.');
  }
  const includeUsage = options?.include_usage === true;
  return {
    stream,
    includeUsage,
    continuousUsage: includeUsage && options?.continuous_usage_stats === true,
  };
}

/** Tokens of the prompt, checked against what fits. */
function checkLength(
  promptTokens: readonly number[],
  asked: number | undefined,
  server: ServerModel,
): number {
  const { maxModelLen, engine } = server;
  const count = promptTokens.length;
  if (count === 0) {
    throw badRequest('The prompt cannot be empty.', 'prompt');
  }
  if (count >= maxModelLen) {
    throw badRequest(
      `This model's maximum context length is ${maxModelLen} tokens. ` +
        `However, your request has ${count} input tokens. Please reduce the ` +
        'length of the input messages.',
    );
  }
  if (asked !== undefined && asked < 1) {
    throw badRequest(
      `max_tokens must be at least 1, got ${asked}.`,
      'max_tokens',
    );
  }
  if (asked !== undefined && count + asked > maxModelLen) {
    throw badRequest(
      `'max_tokens' or 'max_completion_tokens' is too large: ${asked}. This ` +
        `model's maximum context length is ${maxModelLen} tokens and your ` +
        `request has ${count} input tokens (${asked} > ${maxModelLen} - ${count}).`,
    );
  }
  if (count >= engine.contextSize) {
    throw badRequest(
      `The prompt has ${count} tokens; ${engine.name}, which answers for ` +
        `${server.model} on the embedded cluster, holds ${engine.contextSize}.`,
    );
  }
  return Math.min(
    asked ?? maxModelLen - count,
    maxModelLen - count,
    engine.contextSize - count,
  );
}

/** Puts a request together from its prompt and the body's other fields. */
export function readAnswerRequest(
  fields: Fields,
  prompt: readonly PromptSegment[] | readonly number[],
  defaultMaxTokens: number | undefined,
  server: ServerModel,
  opening?: string,
): AnswerRequest {
  const sampling = readSampling(fields, server.samplingDefaults);
  const stop = readStop(fields);
  const asked =
    fields.integer('max_completion_tokens') ??
    fields.integer('max_tokens') ??
    defaultMaxTokens;
  const includeStop = fields.boolean('include_stop_str_in_output') ?? false;
  fields.check();
  const promptTokens =
    typeof prompt[0] === 'number'
      ? (prompt as readonly number[])
      : server.engine.tokenize(prompt as readonly PromptSegment[]);
  const maxTokens = checkLength(promptTokens, asked, server);
  if (sampling.minTokens > maxTokens) {
    throw badRequest(
      `min_tokens must be less than or equal to max_tokens=${maxTokens}, got ${sampling.minTokens}.`,
    );
  }
  return {
    promptTokens,
    maxTokens,
    sampling,
    stop,
    includeStop,
    ...(opening !== undefined && {
      opening: server.engine.tokenize([{ text: opening, special: false }]),
    }),
  };
}

import type { Sampling } from '../engine';
import { pythonFloat } from '../startup';
import { badRequest, notSupported } from './apiError';
import type { Fields } from './fields';

/** Defaults that a model's generation config sets. */
export type SamplingDefaults = Partial<
  Pick<Sampling, 'temperature' | 'topP' | 'topK' | 'minP' | 'repetitionPenalty'>
>;

const MAX_STOPS = 64;
const MAX_STOP_LENGTH = 1000;

/** What a request may ask of vLLM but not of the stand-in. */
const UNSUPPORTED: ReadonlyArray<
  readonly [name: string, isAsked: (value: unknown) => boolean]
> = [
  ['logprobs', value => value !== false],
  ['top_logprobs', value => value !== 0],
  ['prompt_logprobs', () => true],
  ['logit_bias', value => Object.keys(value as object).length > 0],
  ['allowed_token_ids', () => true],
  ['bad_words', value => (value as unknown[]).length > 0],
  ['use_beam_search', value => value === true],
  ['logits_processors', () => true],
  ['structured_outputs', () => true],
  ['guided_json', () => true],
  ['guided_regex', () => true],
  ['guided_choice', () => true],
  ['guided_grammar', () => true],
  ['prompt_embeds', () => true],
  ['truncate_prompt_tokens', () => true],
  ['continue_final_message', value => value === true],
  ['chat_template', () => true],
];

function refuseUnsupported(fields: Fields): void {
  for (const [name, isAsked] of UNSUPPORTED) {
    const value = fields.raw(name);
    if (value !== undefined && isAsked(value)) {
      throw notSupported(`\`${name}\` is`, name);
    }
  }
  const n = fields.integer('n') ?? 1;
  if (n < 1) {
    throw badRequest(`n must be at least 1, got ${n}.`, 'n');
  }
  if (n > 1 || (fields.integer('best_of') ?? 1) > 1) {
    throw notSupported(`n=${n}: more than one choice per request is`, 'n');
  }
  const format = fields.object('response_format');
  if (format && format.type !== 'text') {
    throw notSupported(
      `response_format of type '${String(format.type)}' is`,
      'response_format',
    );
  }
  const tools = fields.raw('tools');
  const choice = fields.raw('tool_choice');
  if (Array.isArray(tools) && tools.length > 0 && choice !== 'none') {
    throw badRequest(
      '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    );
  }
}

function checkRange(
  name: string,
  value: number,
  low: number,
  high: number,
): void {
  if (value < low || value > high) {
    throw badRequest(
      `${name} must be in [${low}, ${high}], got ${pythonFloat(value)}.`,
      name,
    );
  }
}

/** Reads and checks the sampling parameters, with vLLM's messages. */
export function readSampling(
  fields: Fields,
  defaults: SamplingDefaults,
): Sampling {
  const temperature = fields.number('temperature') ?? defaults.temperature ?? 1;
  const topP = fields.number('top_p') ?? defaults.topP ?? 1;
  const topK = fields.integer('top_k') ?? defaults.topK ?? 0;
  const minP = fields.number('min_p') ?? defaults.minP ?? 0;
  const presencePenalty = fields.number('presence_penalty') ?? 0;
  const frequencyPenalty = fields.number('frequency_penalty') ?? 0;
  const repetitionPenalty =
    fields.number('repetition_penalty') ?? defaults.repetitionPenalty ?? 1;
  const seed = fields.integer('seed');
  const minTokens = fields.integer('min_tokens') ?? 0;
  const ignoreEos = fields.boolean('ignore_eos') ?? false;
  const stopTokenIds = fields.integers('stop_token_ids') ?? [];
  fields.check();
  refuseUnsupported(fields);
  fields.check();

  checkRange('presence_penalty', presencePenalty, -2, 2);
  checkRange('frequency_penalty', frequencyPenalty, -2, 2);
  checkRange('min_p', minP, 0, 1);
  if (repetitionPenalty <= 0) {
    throw badRequest(
      `repetition_penalty must be greater than zero, got ${pythonFloat(
        repetitionPenalty,
      )}.`,
    );
  }
  if (temperature < 0) {
    throw badRequest(
      `temperature must be non-negative, got ${pythonFloat(temperature)}.`,
      'temperature',
    );
  }
  if (topP <= 0 || topP > 1) {
    throw badRequest(
      `top_p must be in (0, 1], got ${pythonFloat(topP)}.`,
      'top_p',
    );
  }
  if (topK < -1) {
    throw badRequest(
      `top_k must be 0 (disable), or at least 1, got ${topK}.`,
      'top_k',
    );
  }
  if (minTokens < 0) {
    throw badRequest(
      `min_tokens must be greater than or equal to 0, got ${minTokens}.`,
    );
  }
  return {
    // vLLM takes anything smaller as greedy.
    temperature: temperature < 1e-5 ? 0 : temperature,
    topP,
    topK: Math.max(0, topK),
    minP,
    presencePenalty,
    frequencyPenalty,
    repetitionPenalty,
    seed,
    ignoreEos,
    minTokens,
    stopTokenIds,
  };
}

/** The stop strings of a request. */
export function readStop(fields: Fields): string[] {
  const stop = fields.strings('stop') ?? [];
  fields.check();
  if (stop.some(text => text === '')) {
    throw badRequest('stop cannot contain an empty string.', 'stop');
  }
  if (
    stop.length > MAX_STOPS ||
    stop.some(text => text.length > MAX_STOP_LENGTH)
  ) {
    throw badRequest(
      `stop takes at most ${MAX_STOPS} strings of ${MAX_STOP_LENGTH} characters here.`,
      'stop',
    );
  }
  return stop;
}

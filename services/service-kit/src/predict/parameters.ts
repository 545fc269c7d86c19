import { z } from 'zod';

const MOST_TOKENS = 1_000_000;
const LONGEST_STOP = 1000;

/** What an answer may be at most where the caller doesn't say. @public */
export const DEFAULT_MAX_TOKENS = 256;

const stop = z.string().min(1).max(LONGEST_STOP);
const maxTokens = z.int().min(1).max(MOST_TOKENS);

/**
 * `parameters` of a request, as both vLLM and Hugging Face's containers name
 * them. Unknown ones are refused: one that is misspelt would go unnoticed.
 *
 * @public
 */
export const generationParameters = z
  .strictObject({
    max_tokens: maxTokens
      .optional()
      .describe(
        `Most tokens of the answer; ${DEFAULT_MAX_TOKENS} if left out.`,
      ),
    max_new_tokens: maxTokens
      .optional()
      .describe("Hugging Face's name for max_tokens."),
    temperature: z.number().min(0).max(2).optional(),
    top_p: z.number().gt(0).max(1).optional(),
    top_k: z
      .int()
      .min(-1)
      .max(MOST_TOKENS)
      .optional()
      .describe('-1 or 0 for all tokens.'),
    min_p: z.number().min(0).max(1).optional(),
    stop: z
      .union([stop, z.array(stop).min(1).max(16)])
      .optional()
      .describe('The answer ends before any of these.'),
    seed: z
      .int()
      .min(0)
      .optional()
      .describe('The same seed gives the same answer.'),
    presence_penalty: z.number().min(-2).max(2).optional(),
    frequency_penalty: z.number().min(-2).max(2).optional(),
    repetition_penalty: z.number().gt(0).max(10).optional(),
  })
  .refine(
    given =>
      given.max_tokens === undefined ||
      given.max_new_tokens === undefined ||
      given.max_tokens === given.max_new_tokens,
    'max_tokens and max_new_tokens are the same and were given different values',
  )
  .transform(({ max_new_tokens: maxNewTokens, stop: given, ...rest }) => ({
    ...rest,
    max_tokens: rest.max_tokens ?? maxNewTokens ?? DEFAULT_MAX_TOKENS,
    ...(given !== undefined && { stop: [given].flat() }),
  }));

/** @public */
export const prompt = z.string().min(1).describe('The prompt.');

/** The name of a variant, whatever the service takes for one. @public */
export const variantName = z.string().min(1).max(256);

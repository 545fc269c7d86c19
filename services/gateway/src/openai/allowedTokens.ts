import { laxCount } from './laxValues';
import type { InferencePath } from './modelRequest';

/** What vLLM takes for `/v1/completions` without `max_tokens`. */
const COMPLETION_DEFAULT = 16;

function atLeastOne(value: unknown): number {
  return Math.max(1, laxCount(value) ?? 1);
}

/** `/v1/completions` answers each of a list of prompts; a list of numbers is one prompt. */
function promptCount(prompt: unknown): number {
  return Array.isArray(prompt) && typeof prompt[0] !== 'number'
    ? Math.max(1, prompt.length)
    : 1;
}

/** How many answers a body asks for. */
export function answerCount(
  fields: Record<string, unknown>,
  path: InferencePath,
): number {
  return path === '/v1/completions'
    ? Math.max(atLeastOne(fields.n), atLeastOne(fields.best_of)) *
        promptCount(fields.prompt)
    : atLeastOne(fields.n);
}

/**
 * Completion tokens that a body allows, all answers together; undefined where
 * it doesn't say. A value that isn't one is the model's to refuse.
 *
 * @public
 */
export function allowedTokens(
  fields: Record<string, unknown>,
  path: InferencePath,
): number | undefined {
  if (path === '/v1/embeddings') {
    return 0;
  }
  let most = fields.max_completion_tokens ?? fields.max_tokens;
  if (path === '/v1/completions') {
    // Left out it is vLLM's 16, but null is as much as the model has room for.
    most =
      fields.max_tokens === undefined ? COMPLETION_DEFAULT : fields.max_tokens;
  }
  const each = laxCount(most);
  return each === undefined ? undefined : each * answerCount(fields, path);
}

import type {
  GeneratedToken,
  GenerateRequest,
  GenerationEnd,
  TextEngine,
} from './textEngine';

/**
 * Generates an answer that begins with the given tokens, as if the model had
 * chosen them; they count as generated.
 */
export async function* generateFrom(
  engine: TextEngine,
  opening: readonly number[],
  request: GenerateRequest,
): AsyncGenerator<GeneratedToken, GenerationEnd, void> {
  const { maxTokens, sampling } = request;
  for (const id of opening.slice(0, maxTokens)) {
    yield { id, text: engine.detokenize([id]) };
  }
  if (opening.length >= maxTokens) {
    return { reason: 'length' };
  }
  return yield* engine.generate({
    ...request,
    promptTokens: [...request.promptTokens, ...opening],
    maxTokens: maxTokens - opening.length,
    sampling: {
      ...sampling,
      minTokens: Math.max(0, sampling.minTokens - opening.length),
    },
  });
}

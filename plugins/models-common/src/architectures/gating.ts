/**
 * Whether Hugging Face asks for an account's consent before download, by owner. Only owners whose
 * licence terms leave no doubt are listed; for all others the answer is unknown.
 */
const GATED = [/^meta-llama\//i, /^google\/gemma-[23]-/i];
const OPEN = [
  /^qwen\//i,
  /^huggingfacetb\//i,
  /^thebloke\//i,
  /^microsoft\//i,
  /^deepseek-ai\//i,
  /^openai\//i,
  /^facebook\/opt-/i,
  /^unsloth\//i,
];

/** `undefined` = not known. */
export function isGated(model: string): boolean | undefined {
  if (GATED.some(pattern => pattern.test(model))) {
    return true;
  }
  return OPEN.some(pattern => pattern.test(model)) ? false : undefined;
}

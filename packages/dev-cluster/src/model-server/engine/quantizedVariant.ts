/**
 * How the stand-in makes the variants of one model differ, as rounded weights
 * do: every token's logit is off by an amount of its own, always the same for
 * one method, and the speed is that of the method.
 */
export interface QuantizedVariant {
  /** vLLM's name of the method: `awq`, `fp8` … */
  method: string;
  /** Standard deviation of the logits' error. */
  noise: number;
  /** No faster than this, however many cores there are. */
  tokensPerSecond: number;
}

/** By the bits of a weight. */
const FOUR_BITS = { noise: 1.1, tokensPerSecond: 30 };
const EIGHT_BITS = { noise: 0.5, tokensPerSecond: 20 };

const METHODS: ReadonlyArray<
  readonly [pattern: RegExp, kind: typeof FOUR_BITS]
> = [
  [/awq|gptq|bitsandbytes|hqq|fp4|rtn|auto-round|gguf/, FOUR_BITS],
  [/./, EIGHT_BITS],
];

/** The variant that a quantization method makes; none: the model itself. */
export function quantizedVariant(
  method: string | undefined,
): QuantizedVariant | undefined {
  const found = METHODS.find(([pattern]) => pattern.test(method ?? ''));
  return method && found ? { method, ...found[1] } : undefined;
}

/** Frequent tokens have low ids: noise on these changes every answer. */
const NOISY_TOKENS = 4096;

/**
 * The error of each token's logit: the same numbers for the same method, in
 * every process.
 */
export function logitErrors(
  variant: QuantizedVariant,
  vocabularySize: number,
): Map<number, number> {
  let state = [...variant.method].reduce(
    (hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0,
    2166136261,
  );
  const uniform = () => {
    // xorshift32: small, and the same everywhere.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const errors = new Map<number, number>();
  for (let token = 0; token < Math.min(NOISY_TOKENS, vocabularySize); token++) {
    // The sum of three has nearly a bell's shape with deviation 0.5.
    const bell = uniform() + uniform() + uniform() - 1.5;
    errors.set(token, bell * 2 * variant.noise);
  }
  return errors;
}

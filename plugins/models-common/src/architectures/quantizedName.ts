interface NamedQuantization {
  /** The id without the quantization's suffix. */
  base: string;
  quantMethod: string;
  quantBits: number;
}

/** Suffixes under which quantized checkpoints are published. */
const SUFFIXES: Array<[RegExp, string, number]> = [
  [/-(AWQ)(-INT4|-4bit)?$/i, 'awq', 4],
  [/-GPTQ-Int8$/i, 'gptq', 8],
  [/-GPTQ(-Int4)?$/i, 'gptq', 4],
  [/-FP8(-dynamic|-Dynamic|-Block)?$/i, 'fp8', 8],
  [/(-unsloth)?-bnb-4bit$/i, 'bitsandbytes', 4],
];

/** Reads the quantization that a checkpoint's name announces; `undefined` when it announces none. */
export function quantizationInName(
  model: string,
): NamedQuantization | undefined {
  for (const [pattern, quantMethod, quantBits] of SUFFIXES) {
    if (pattern.test(model)) {
      return { base: model.replace(pattern, ''), quantMethod, quantBits };
    }
  }
  return undefined;
}

/** NVIDIA compute capability by product, of the GPUs that clouds rent out. */
const CAPABILITIES: Array<[RegExp, number]> = [
  [/\bT4\b/i, 7.5],
  [/V100/i, 7.0],
  [/A100|A800/i, 8.0],
  [/A10G?\b|A40\b|RTX-?\s?A6000|RTX-?\s?30\d\d/i, 8.6],
  [/L40S?\b|\bL4\b|RTX-?\s?40\d\d/i, 8.9],
  [/H100|H200|H800|H20\b|GH200/i, 9.0],
  [/B200|GB200/i, 10.0],
];

/** NVIDIA compute capability of a product; `undefined` = not in the table. @public */
export function computeCapability(product: string): number | undefined {
  return CAPABILITIES.find(([pattern]) => pattern.test(product))?.[1];
}

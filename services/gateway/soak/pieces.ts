/** The text of one event: says its place, and is long enough to fill buffers now and then. */
export function pieceOf(seed: number, index: number): string {
  const length = (seed * 31 + index * 17) % 40 === 0 ? 20_000 : 40;
  return `<${seed}:${index}:${'abcdefghij'.repeat(length / 10)}>`;
}

/** A document beyond the first two is refused; what is beyond the others is left out, and said. */
export const DASHBOARD_LIMITS = {
  /** Objects, lists and values in the document. */
  nodes: 500_000,
  /** Objects inside objects; a cycle is infinitely deep. */
  depth: 100,
  /** Also after repeats. */
  panels: 1_000,
  variables: 200,
} as const;

/** Says what makes a document too large to be read, if anything. */
export function excessOf(document: unknown): string | undefined {
  let nodes = 0;
  const open: Array<{ value: unknown; depth: number }> = [
    { value: document, depth: 0 },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    nodes++;
    if (nodes > DASHBOARD_LIMITS.nodes) {
      return `it has more than ${DASHBOARD_LIMITS.nodes} values`;
    }
    if (next.depth > DASHBOARD_LIMITS.depth) {
      return `it is nested deeper than ${DASHBOARD_LIMITS.depth} levels or contains itself`;
    }
    if (typeof next.value === 'object' && next.value !== null) {
      const depth = next.depth + 1;
      for (const value of Object.values(next.value)) {
        open.push({ value, depth });
      }
    }
  }
  return undefined;
}

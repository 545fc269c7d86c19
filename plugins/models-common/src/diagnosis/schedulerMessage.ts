/** The scheduler's summary, taken apart. */
export interface SchedulerVerdict {
  nodes: number;
  /** Nodes by reason, e.g. `Insufficient cpu` → 2. A node may have several reasons. */
  reasons: Array<{ count: number; reason: string }>;
}

/** Reads `0/5 nodes are available: 1 Insufficient nvidia.com/gpu, 4 node(s) …`. */
export function readSchedulerMessage(
  message: string,
): SchedulerVerdict | undefined {
  const match = /^0\/(\d+) nodes are available: (.*)$/s.exec(message);
  if (!match) {
    return undefined;
  }
  const [summary] = match[2].split(/\.\s|\.$|\spreemption:/);
  const reasons = [...`${summary},`.matchAll(/(\d+) ((?:[^,{]|\{[^}]*\})+),/g)];
  return {
    nodes: Number(match[1]),
    reasons: reasons.map(([, count, reason]) => ({
      count: Number(count),
      reason: reason.trim(),
    })),
  };
}

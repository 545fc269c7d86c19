import type { Claim } from './holders';
import type { GpuCounts } from './types';

/** All zero. */
export function noCounts(): GpuCounts {
  return { capacity: 0, allocated: 0, pending: 0, free: 0 };
}

/** Field by field. */
export function addCounts(a: GpuCounts, b: Partial<GpuCounts>): GpuCounts {
  return {
    capacity: a.capacity + (b.capacity ?? 0),
    allocated: a.allocated + (b.allocated ?? 0),
    pending: a.pending + (b.pending ?? 0),
    free: a.free + (b.free ?? 0),
  };
}

/** Allocated and pending GPUs by key, in the key's order; `first` is one claim of each. */
export function sumBy(
  claims: Claim[],
  key: (claim: Claim) => string,
): Array<{ first: Claim; allocated: number; pending: number }> {
  const sums = new Map<
    string,
    { first: Claim; allocated: number; pending: number }
  >();
  for (const claim of claims) {
    const id = key(claim);
    const sum = sums.get(id) ?? { first: claim, allocated: 0, pending: 0 };
    const kind = claim.holder.node === undefined ? 'pending' : 'allocated';
    sums.set(id, { ...sum, [kind]: sum[kind] + claim.holder.gpus });
  }
  return [...sums].sort(([a], [b]) => a.localeCompare(b)).map(([, sum]) => sum);
}

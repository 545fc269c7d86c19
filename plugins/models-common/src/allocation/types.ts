/** Whole GPUs; a GPU is held by at most one pod. @public */
export interface GpuCounts {
  /** Sum of `status.capacity` of the nodes (also of not-ready ones). */
  capacity: number;
  /** Held by scheduled pods that have not finished. */
  allocated: number;
  /** Asked for by pods that no node has taken. */
  pending: number;
  /** Allocatable on ready, schedulable nodes minus allocated there; never below 0. */
  free: number;
}

/**
 * A pod with GPUs. Of a team that the viewer may not see, only team, GPUs, node and time are told:
 * `namespace` and `pod` are empty and `model` is undefined.
 *
 * @public
 */
export interface GpuHolder {
  cluster: string;
  namespace: string;
  pod: string;
  team?: string;
  model?: string;
  gpus: number;
  node?: string;
  /** For pending pods: the scheduler's message. */
  reason?: string;
  since: string;
  simulated?: string;
}

/** @public */
export interface GpuNode {
  cluster: string;
  name: string;
  pool?: string;
  product?: string;
  instanceType?: string;
  state: 'ready' | 'not-ready' | 'cordoned' | 'joining';
  counts: GpuCounts;
  holders: GpuHolder[];
  simulated?: string;
}

/** @public */
export interface GpuAllocation {
  total: GpuCounts;
  byNode: GpuNode[];
  byProduct: Array<{ product: string; counts: GpuCounts }>;
  byTeam: Array<{ team: string; allocated: number; pending: number }>;
  /** One row with an empty `model` stands for all models of a team that the viewer may not see. */
  byModel: Array<{
    team?: string;
    model: string;
    allocated: number;
    pending: number;
  }>;
  pending: GpuHolder[];
}

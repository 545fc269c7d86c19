/**
 * A class of node that a model may ask for. `gpu` is undefined for CPU-only profiles.
 * Memory in GiB as CUDA sees it (a T4 shows 14.56, not 16).
 *
 * @public
 */
export interface GpuProfile {
  id: string;
  title: string;
  instanceType: string;
  gpu?: { product: string; count: number; memoryGiB: number };
  /** What pods can use on one node of it. */
  allocatable: { cpu: string; memory: string };
  nodeSelector: Record<string, string>;
  tolerations: Array<{
    key: string;
    operator: 'Exists' | 'Equal';
    value?: string;
    effect?: string;
  }>;
  /** Nodes the group may have; maxNodes above the live count means that it can grow. */
  minNodes: number;
  maxNodes: number;
  /** USD per node and hour, from the price list; undefined = unknown. */
  pricePerHour?: number;
}

/** A starting point of the form. @public */
export interface ModelPreset {
  id: string;
  title: string;
  description: string;
  /** Everything of the spec but metadata. */
  spec: import('../spec/types').ModelDeploymentSpec['spec'];
}

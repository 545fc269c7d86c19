import {
  CpuInstanceType,
  GpuInstanceType,
  InstanceFacts,
  InstanceType,
  instanceTypes,
} from './instanceTypes';
import {
  GPU_RESOURCE,
  NodeCapacity,
  Quantities,
  nodeCapacity,
} from './nodeCapacity';
import { ImageFor } from './nodeImages';

/** Nodes that a group has at least, at most, and when it is made. @public */
export interface GroupSize {
  min: number;
  desired: number;
  max: number;
}

/** A taint as Kubernetes writes it. @public */
export interface Taint {
  key: string;
  value: string;
  effect: 'NoSchedule' | 'NoExecute' | 'PreferNoSchedule';
}

interface GroupOf<T extends InstanceType> {
  /** As in the node label `eks.amazonaws.com/nodegroup`. */
  name: string;
  instanceType: T;
  image: ImageFor<T>;
  /** Root volume, GiB. */
  diskGiB: number;
  size: GroupSize;
}

/**
 * A managed node group as it is written down: an image that suits the
 * instance type, or it doesn't compile.
 *
 * @public
 */
export type NodeGroupDeclaration =
  | { [T in CpuInstanceType]: GroupOf<T> }[CpuInstanceType]
  | { [T in GpuInstanceType]: GroupOf<T> }[GpuInstanceType];

/** A node group with what follows from its declaration. @public */
export type NodeGroup = NodeGroupDeclaration &
  NodeCapacity & {
    type: InstanceFacts;
    /** Labels that the group gives its nodes, beside those of EKS. */
    labels: Quantities;
    taints: readonly Taint[];
    /**
     * Its nodes are in one zone, as the volumes of its pods are: a new node in
     * another zone could never mount them.
     */
    singleZone: boolean;
  };

/** Keeps pods without GPU off GPU nodes. @public */
export const GPU_TAINT: Taint = {
  key: GPU_RESOURCE,
  value: 'true',
  effect: 'NoSchedule',
};

/**
 * Labels, taints and capacity of a group follow from its instance type, so
 * that no GPU group can be without its taint.
 *
 * @public
 */
export function nodeGroup(declaration: NodeGroupDeclaration): NodeGroup {
  const type = instanceTypes[declaration.instanceType];
  return {
    ...declaration,
    ...nodeCapacity(type, declaration.diskGiB),
    type,
    labels: type.gpu
      ? {
          'nvidia.com/gpu.present': 'true',
          'nvidia.com/gpu.product': type.gpu.product,
          'nvidia.com/gpu.memory': String(type.gpu.memoryMiB),
          'nvidia.com/gpu.count': String(type.gpu.count),
          // The autoscaler waits for its GPU instead of adding another node.
          'k8s.amazonaws.com/accelerator': type.gpu.accelerator,
        }
      : {},
    taints: type.gpu ? [GPU_TAINT] : [],
    singleZone: Boolean(type.gpu),
  };
}

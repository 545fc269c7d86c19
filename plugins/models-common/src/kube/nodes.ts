import { GPU_RESOURCE } from '../labels';
import { parseCount } from '../quantities';
import type { KubeNode } from './types';

const LABEL = {
  gpuPresent: 'nvidia.com/gpu.present',
  gpuProduct: 'nvidia.com/gpu.product',
  instanceType: 'node.kubernetes.io/instance-type',
  pools: ['eks.amazonaws.com/nodegroup', 'karpenter.sh/nodepool'],
} as const;

/** @public */
export type NodeState = 'ready' | 'not-ready' | 'cordoned' | 'joining';

/** GPUs that the node has. @public */
export function gpuCapacity(node: KubeNode): number {
  return parseCount(node.status?.capacity?.[GPU_RESOURCE]) ?? 0;
}

/** GPUs that pods may use on it. @public */
export function gpuAllocatable(node: KubeNode): number {
  return parseCount(node.status?.allocatable?.[GPU_RESOURCE]) ?? 0;
}

/** Has GPUs, or is labelled as about to have them. @public */
export function isGpuNode(node: KubeNode): boolean {
  return (
    gpuCapacity(node) > 0 ||
    node.metadata?.labels?.[LABEL.gpuPresent] === 'true'
  );
}

/** @public */
export function gpuProduct(node: KubeNode): string | undefined {
  return node.metadata?.labels?.[LABEL.gpuProduct];
}

/** @public */
export function instanceType(node: KubeNode): string | undefined {
  return node.metadata?.labels?.[LABEL.instanceType];
}

/** Node group or NodePool. @public */
export function nodePool(node: KubeNode): string | undefined {
  return LABEL.pools
    .map(label => node.metadata?.labels?.[label])
    .find(pool => pool !== undefined);
}

/** `joining`: no heartbeat yet, or a GPU node whose GPUs are not advertised yet. @public */
export function nodeState(node: KubeNode): NodeState {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  if (!ready) {
    return 'joining';
  }
  if (ready.status !== 'True') {
    return 'not-ready';
  }
  if (isGpuNode(node) && gpuCapacity(node) === 0) {
    return 'joining';
  }
  return node.spec?.unschedulable ? 'cordoned' : 'ready';
}

/** Whether the node carries all labels of the selector. @public */
export function matchesSelector(
  node: KubeNode,
  selector: Record<string, string> | undefined,
): boolean {
  return Object.entries(selector ?? {}).every(
    ([key, value]) => node.metadata?.labels?.[key] === value,
  );
}

import type { V1Node } from '@kubernetes/client-node';
import { GPU_RESOURCE, instanceTypes } from '../declarations';
import type { ClusterFacts } from './facts';
import { GoldenResult, rowsOf } from './result';

const row = rowsOf('nodes');

/**
 * All nodes are Ready, and each that has GPUs, by its label or its instance
 * type, offers them: one that doesn't has no driver (incident 9) or no device
 * plugin (incident 10).
 */
export function judgeNodes({ nodes }: ClusterFacts): GoldenResult[] {
  if (nodes.length === 0) {
    return [row('Nodes', false, 'There are none')];
  }
  const gpuNodes = nodes.filter(hasGpu);
  return [
    ...nodes.map(node => {
      const ready = node.status?.conditions?.find(c => c.type === 'Ready');
      return row(
        `Node ${nameOf(node)}`,
        ready?.status === 'True',
        ready?.status === 'True'
          ? instanceTypeOf(node) ?? 'Ready'
          : `Not ready: ${
              ready?.message ?? 'its kubelet has said nothing yet'
            }`,
      );
    }),
    ...gpuNodes.map(node => {
      const gpus = Number(node.status?.allocatable?.[GPU_RESOURCE] ?? 0);
      return row(
        `GPUs of ${nameOf(node)}`,
        gpus > 0,
        gpus > 0
          ? `${gpus} × ${
              node.metadata?.labels?.['nvidia.com/gpu.product'] ?? 'GPU'
            }`
          : `It offers no ${GPU_RESOURCE}. Look at the log of the NVIDIA device plugin there: without a driver the node needs an image with one, without a pod the plugin doesn't tolerate the taint`,
      );
    }),
    ...(gpuNodes.length === 0
      ? [
          row(
            'GPU nodes',
            'skipped',
            'There are none now: the group is at zero',
          ),
        ]
      : []),
  ];
}

function hasGpu(node: V1Node): boolean {
  const labels = node.metadata?.labels ?? {};
  const types: Record<string, { gpu?: unknown }> = instanceTypes;
  return (
    labels['nvidia.com/gpu.present'] === 'true' ||
    types[instanceTypeOf(node) ?? '']?.gpu !== undefined
  );
}

function instanceTypeOf(node: V1Node): string | undefined {
  return node.metadata?.labels?.['node.kubernetes.io/instance-type'];
}

function nameOf(node: V1Node): string {
  return node.metadata?.name ?? '';
}

import type { GpuProfile } from './types';

const gpuToleration = {
  key: 'nvidia.com/gpu',
  operator: 'Exists',
  effect: 'NoSchedule',
} as const;

/**
 * The node groups of the platform as they are declared in `packages/platform` for dev, where a test
 * compares them; `llmPlatform.gpuProfiles` replaces them.
 * GPU memory is what CUDA reports, lower than what is printed on the card. `allocatable` is what
 * EKS leaves to pods. Prices: on demand, Linux, us-west-2.
 *
 * @public
 */
export const gpuProfiles: GpuProfile[] = [
  {
    id: 'cpu',
    title: 'CPU only (t3.medium)',
    instanceType: 't3.medium',
    allocatable: { cpu: '1930m', memory: '3388392Ki' },
    nodeSelector: { 'node.kubernetes.io/instance-type': 't3.medium' },
    tolerations: [],
    minNodes: 2,
    maxNodes: 5,
    pricePerHour: 0.0416,
  },
  {
    id: 't4',
    title: 'NVIDIA T4 (g4dn.xlarge)',
    instanceType: 'g4dn.xlarge',
    gpu: { product: 'Tesla-T4', count: 1, memoryGiB: 14.56 },
    allocatable: { cpu: '3920m', memory: '15403148Ki' },
    nodeSelector: { 'node.kubernetes.io/instance-type': 'g4dn.xlarge' },
    tolerations: [gpuToleration],
    minNodes: 0,
    maxNodes: 2,
    pricePerHour: 0.526,
  },
  {
    id: 'a10g',
    title: 'NVIDIA A10G (g5.xlarge)',
    instanceType: 'g5.xlarge',
    gpu: { product: 'NVIDIA-A10G', count: 1, memoryGiB: 21.99 },
    allocatable: { cpu: '3920m', memory: '15076492Ki' },
    nodeSelector: { 'node.kubernetes.io/instance-type': 'g5.xlarge' },
    tolerations: [gpuToleration],
    minNodes: 0,
    maxNodes: 0,
    pricePerHour: 1.006,
  },
];

import { Environment } from './environments';
import { InstanceType, instanceTypes } from './instanceTypes';
import { GPU_RESOURCE, nodeCapacity } from './nodeCapacity';

/** A class of node that a model may ask for, as in the portal's `llmPlatform.gpuProfiles`. @public */
export interface DeclaredGpuProfile {
  id: string;
  title: string;
  instanceType: string;
  gpu?: { product: string; count: number; memoryGiB: number };
  allocatable: { cpu: string; memory: string };
  nodeSelector: Record<string, string>;
  tolerations: Array<{ key: string; operator: 'Exists'; effect: 'NoSchedule' }>;
  minNodes: number;
  maxNodes: number;
  pricePerHour: number;
}

/** Ids stand in stored specs: never change one. */
const names: Record<InstanceType, { id: string; title: string }> = {
  't3.medium': { id: 'cpu', title: 'CPU only (t3.medium)' },
  'g4dn.xlarge': { id: 't4', title: 'NVIDIA T4 (g4dn.xlarge)' },
  'g5.xlarge': { id: 'a10g', title: 'NVIDIA A10G (g5.xlarge)' },
};

/**
 * One profile for each instance type; a type that no node group is made of
 * has none and can have none (`maxNodes: 0`).
 *
 * @public
 */
export function gpuProfilesOf(environment: Environment): DeclaredGpuProfile[] {
  return (Object.keys(names) as InstanceType[]).map(instanceType => {
    const type = instanceTypes[instanceType];
    const groups = environment.nodeGroups.filter(
      group => group.instanceType === instanceType,
    );
    // CPU and memory don't depend on the disk.
    const { cpu, memory } = nodeCapacity(type, 100).allocatable;
    return {
      ...names[instanceType],
      instanceType,
      ...(type.gpu && {
        gpu: {
          product: type.gpu.product,
          count: type.gpu.count,
          memoryGiB: type.gpu.usableGiB,
        },
      }),
      allocatable: { cpu, memory },
      nodeSelector: { 'node.kubernetes.io/instance-type': instanceType },
      tolerations: type.gpu
        ? [{ key: GPU_RESOURCE, operator: 'Exists', effect: 'NoSchedule' }]
        : [],
      minNodes: groups.reduce((sum, { size }) => sum + size.min, 0),
      maxNodes: groups.reduce((sum, { size }) => sum + size.max, 0),
      pricePerHour: type.pricePerHour,
    };
  });
}

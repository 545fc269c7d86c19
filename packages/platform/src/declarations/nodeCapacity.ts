import { InstanceFacts } from './instanceTypes';

/** Extended resource of NVIDIA GPUs. @public */
export const GPU_RESOURCE = 'nvidia.com/gpu';

/** Quantities as Kubernetes writes them. @public */
export type Quantities = Record<string, string>;

/** What one node of a group offers. @public */
export interface NodeCapacity {
  capacity: Quantities;
  /** What is left for pods, DaemonSets included. */
  allocatable: Quantities;
}

const KI_PER_GIB = 1024 * 1024;
/** What partitions and file system take of an Amazon Linux 2023 root volume. */
const DISK_OVERHEAD_KI = 77_844;
const DISK_RESERVED_BYTES = 1024 ** 3;
// The kubelet computes its eviction threshold of 10 % in single precision.
const DISK_EVICTION_SHARE = Math.fround(0.1);
const EVICTION_MEMORY_MI = 100;

/**
 * Pods that a node can hold: the VPC CNI gives each pod an address of an
 * interface whose first one is the node's own; two pods use the host's network.
 *
 * @public
 */
export function maxPods(type: InstanceFacts): number {
  return type.interfaces * (type.addressesPerInterface - 1) + 2;
}

/**
 * Capacity and allocatable of a node, by the rules with which EKS's images
 * configure the kubelet: memory by the number of pods, CPU by the number of
 * cores, 100 Mi and 10 % of the disk kept from eviction. The GPUs are those
 * that the device plugin advertises.
 *
 * @param diskGiB - size of the root volume
 * @public
 */
export function nodeCapacity(
  type: InstanceFacts,
  diskGiB: number,
): NodeCapacity {
  const pods = String(maxPods(type));
  const reservedMemoryMi = 255 + 11 * maxPods(type) + EVICTION_MEMORY_MI;
  const diskKi = diskGiB * KI_PER_GIB - DISK_OVERHEAD_KI;
  const diskBytes = diskKi * 1024;
  const gpus: Quantities = type.gpu
    ? { [GPU_RESOURCE]: String(type.gpu.count) }
    : {};
  return {
    capacity: {
      cpu: String(type.vcpus),
      memory: `${type.memoryKi}Ki`,
      'ephemeral-storage': `${diskKi}Ki`,
      pods,
      ...gpus,
    },
    allocatable: {
      cpu: `${type.vcpus * 1000 - reservedMillicores(type.vcpus)}m`,
      memory: `${type.memoryKi - reservedMemoryMi * 1024}Ki`,
      'ephemeral-storage': String(
        diskBytes -
          Math.floor(diskBytes * DISK_EVICTION_SHARE) -
          DISK_RESERVED_BYTES,
      ),
      pods,
      ...gpus,
    },
  };
}

/** 6 % of the first core, 1 % of the second, ½ % of two more, ¼ % of the rest. */
function reservedMillicores(cores: number): number {
  const share = (from: number, to: number, millicores: number) =>
    Math.max(0, Math.min(cores, to) - from) * millicores;
  return Math.floor(
    share(0, 1, 60) +
      share(1, 2, 10) +
      share(2, 4, 5) +
      share(4, Infinity, 2.5),
  );
}

/** A GPU as its node shows it. @public */
export interface Gpu {
  /** As in the node label `nvidia.com/gpu.product`. */
  product: string;
  count: number;
  /** On the card, MiB, as in the node label `nvidia.com/gpu.memory`. */
  memoryMiB: number;
  /** What CUDA sees of it, GiB: less than what is printed on the card. */
  usableGiB: number;
  /** As in the node label `k8s.amazonaws.com/accelerator`. */
  accelerator: string;
}

/** An EC2 instance type. @public */
export interface InstanceFacts {
  vcpus: number;
  /** What the kubelet reports as capacity: less than the advertised size. */
  memoryKi: number;
  /** Network interfaces, and IPv4 addresses on each. */
  interfaces: number;
  addressesPerInterface: number;
  gpu?: Gpu;
  /** USD per hour, on demand, Linux, us-west-2. */
  pricePerHour: number;
}

const cpuTypes = {
  't3.medium': {
    vcpus: 2,
    memoryKi: 3943400,
    interfaces: 3,
    addressesPerInterface: 6,
    pricePerHour: 0.0416,
  },
} as const satisfies Record<string, InstanceFacts & { gpu?: never }>;

const gpuTypes = {
  'g4dn.xlarge': {
    vcpus: 4,
    memoryKi: 16093324,
    interfaces: 3,
    addressesPerInterface: 10,
    gpu: {
      product: 'Tesla-T4',
      count: 1,
      memoryMiB: 15360,
      usableGiB: 14.56,
      accelerator: 'nvidia-tesla-t4',
    },
    pricePerHour: 0.526,
  },
  'g5.xlarge': {
    vcpus: 4,
    memoryKi: 16093324,
    interfaces: 4,
    addressesPerInterface: 15,
    gpu: {
      product: 'NVIDIA-A10G',
      count: 1,
      memoryMiB: 23028,
      usableGiB: 21.99,
      accelerator: 'nvidia-tesla-a10g',
    },
    pricePerHour: 1.006,
  },
} as const satisfies Record<string, InstanceFacts & { gpu: Gpu }>;

/** @public */
export type CpuInstanceType = keyof typeof cpuTypes;
/** @public */
export type GpuInstanceType = keyof typeof gpuTypes;
/** @public */
export type InstanceType = CpuInstanceType | GpuInstanceType;

/** The instance types that a node group may be made of. @public */
export const instanceTypes: Readonly<Record<InstanceType, InstanceFacts>> = {
  ...cpuTypes,
  ...gpuTypes,
};

import {
  CpuInstanceType,
  GpuInstanceType,
  InstanceType,
} from './instanceTypes';

/** EKS images without a GPU driver, by their `amiType`. @public */
export type StandardImage = 'AL2023_x86_64_STANDARD' | 'BOTTLEROCKET_x86_64';

/** EKS images with NVIDIA's driver and container toolkit. @public */
export type NvidiaImage = 'AL2023_x86_64_NVIDIA' | 'BOTTLEROCKET_x86_64_NVIDIA';

/**
 * The images that nodes of an instance type may run. A GPU without a driver
 * doesn't compile (incident 9), and there is no Amazon Linux 2: EKS has no
 * such images for Kubernetes 1.33 and later.
 *
 * @public
 */
export type ImageFor<T extends InstanceType> = T extends GpuInstanceType
  ? NvidiaImage
  : T extends CpuInstanceType
  ? StandardImage
  : never;

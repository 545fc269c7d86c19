import { V1Pod } from '@kubernetes/client-node';

/** Whether a pod still holds what it was given: GPUs, volumes. */
export function isAlive({ status }: V1Pod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

import { V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import { parseQuantity } from '../containers/quantity';
import { Family, Sample, gauge } from './family';
import { isAlive } from './isAlive';

/** A volume that pods of a node mount. */
export interface MountedVolume {
  namespace: string;
  claim: string;
  capacityBytes: number;
  usedBytes: number;
}

/** The claims that the pods of a node mount, and that are bound. */
export function mountedClaims(
  node: string,
  pods: readonly V1Pod[],
  claim: (
    namespace: string,
    name: string,
  ) => V1PersistentVolumeClaim | undefined,
): V1PersistentVolumeClaim[] {
  const mounted = pods
    .filter(pod => pod.spec?.nodeName === node && isAlive(pod))
    .flatMap(pod =>
      (pod.spec?.volumes ?? []).map(volume => {
        const name =
          volume.persistentVolumeClaim?.claimName ??
          (volume.ephemeral && `${pod.metadata?.name}-${volume.name}`);
        return name && claim(pod.metadata?.namespace ?? '', name);
      }),
    )
    .filter(found => typeof found === 'object')
    .filter(({ spec }) => spec?.volumeName !== undefined);
  return [...new Set(mounted)];
}

/** How large a bound claim is. */
export function capacityOf({ status, spec }: V1PersistentVolumeClaim): number {
  return parseQuantity(
    status?.capacity?.storage ?? spec?.resources?.requests?.storage ?? '0',
  );
}

/** What a kubelet tells of its volumes and pods, under its names and labels. */
export function kubeletFamilies(
  volumes: readonly MountedVolume[],
  runningPods: number,
): Family[] {
  const perVolume = (
    name: string,
    help: string,
    value: (volume: MountedVolume) => number,
  ) =>
    gauge(
      `kubelet_volume_stats_${name}`,
      help,
      volumes.map(
        (volume): Sample => ({
          labels: {
            namespace: volume.namespace,
            persistentvolumeclaim: volume.claim,
          },
          value: value(volume),
        }),
      ),
    );
  return [
    perVolume(
      'capacity_bytes',
      'Capacity in bytes of the volume',
      volume => volume.capacityBytes,
    ),
    perVolume(
      'used_bytes',
      'Number of used bytes in the volume',
      volume => volume.usedBytes,
    ),
    perVolume(
      'available_bytes',
      'Number of available bytes in the volume',
      volume => Math.max(0, volume.capacityBytes - volume.usedBytes),
    ),
    gauge(
      'kubelet_running_pods',
      'Number of pods that have a running pod sandbox',
      [{ labels: {}, value: runningPods }],
    ),
  ];
}

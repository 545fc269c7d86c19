import type {
  V1ConfigMap,
  V1CSIDriver,
  V1DaemonSet,
  V1Deployment,
  V1Node,
  V1PersistentVolumeClaim,
  V1Pod,
  V1StorageClass,
} from '@kubernetes/client-node';

/** What of a cluster the checks look at, as its API has it. @public */
export interface ClusterFacts {
  nodes: V1Node[];
  pods: V1Pod[];
  deployments: V1Deployment[];
  daemonSets: V1DaemonSet[];
  claims: V1PersistentVolumeClaim[];
  storageClasses: V1StorageClass[];
  csiDrivers: V1CSIDriver[];
  /** Of the namespace `observability`. */
  configMaps: V1ConfigMap[];
}

/** What a simulated node or pod says of itself. */
export const SIMULATED = 'llm-platform.dev/simulated';

/**
 * Whether the platform's manifests have made an object. What teams deploy
 * through the portal is part of the platform too, but may be stopped.
 */
export function isOfPlatform({
  metadata,
}: {
  metadata?: { labels?: Record<string, string> };
}): boolean {
  const labels = metadata?.labels ?? {};
  return (
    labels['app.kubernetes.io/part-of'] === 'llm-platform' &&
    labels['app.kubernetes.io/managed-by'] !== 'llm-platform-portal'
  );
}

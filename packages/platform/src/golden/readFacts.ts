import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  StorageV1Api,
} from '@kubernetes/client-node';
import type { ClusterFacts } from './facts';

const OBSERVABILITY = 'observability';

/** Reads them. Rejects where the cluster can't be reached or forbids it. */
export async function readFacts(config: KubeConfig): Promise<ClusterFacts> {
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  const storage = config.makeApiClient(StorageV1Api);
  const [
    nodes,
    pods,
    deployments,
    daemonSets,
    claims,
    storageClasses,
    csiDrivers,
    configMaps,
  ] = await Promise.all([
    core.listNode(),
    core.listPodForAllNamespaces(),
    apps.listDeploymentForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
    core.listPersistentVolumeClaimForAllNamespaces(),
    storage.listStorageClass(),
    storage.listCSIDriver(),
    core.listNamespacedConfigMap({ namespace: OBSERVABILITY }),
  ]);
  return {
    nodes: nodes.items,
    pods: pods.items,
    deployments: deployments.items,
    daemonSets: daemonSets.items,
    claims: claims.items,
    storageClasses: storageClasses.items,
    csiDrivers: csiDrivers.items,
    configMaps: configMaps.items,
  };
}

import type {
  ClusterDetails,
  KubernetesCredential,
  KubernetesFetcher,
} from '@backstage/plugin-kubernetes-node';
import type { ClusterRegistry } from '@llm-platform/plugin-models-node';
import { readCredential } from './clusterDetails';

/**
 * Fetches from the registry's clusters with the registry's credential, whatever its kind. (An auth strategy of our own
 * would do the same, but registering one removes all strategies that the plugin has by default.)
 */
export function createRegistryFetcher(options: {
  registry: ClusterRegistry;
  base: KubernetesFetcher;
}): KubernetesFetcher {
  const { registry, base } = options;

  async function credentialFor(
    details: ClusterDetails,
    credential: KubernetesCredential,
  ): Promise<KubernetesCredential> {
    const cluster = registry
      .getClusters()
      .find(({ name }) => name === details.name);
    return cluster ? readCredential(cluster) : credential;
  }

  return {
    async fetchObjectsForService(params) {
      return base.fetchObjectsForService({
        ...params,
        credential: await credentialFor(
          params.clusterDetails,
          params.credential,
        ),
      });
    },
    async fetchPodMetricsByNamespaces(details, credential, ...rest) {
      return base.fetchPodMetricsByNamespaces(
        details,
        await credentialFor(details, credential),
        ...rest,
      );
    },
  };
}

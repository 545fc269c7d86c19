import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  clusterRegistryServiceRef,
  KubernetesClient,
} from '@llm-platform/plugin-models-node';
import { ConfigMapKeyStore } from './ConfigMapKeyStore';
import type { PlaygroundClusters } from './types';

/** The clusters as the playground sees them; replaced in tests. */
export const playgroundClustersServiceRef =
  createServiceRef<PlaygroundClusters>({
    id: 'playground.clusters',
    scope: 'plugin',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { registry: clusterRegistryServiceRef },
        factory({ registry }) {
          const clusters = registry.getClusters();
          // A cluster that the portal must not write to can't learn the portal's keys
          const stores = clusters
            .filter(cluster => !cluster.readOnly)
            .map(cluster =>
              ConfigMapKeyStore.create({
                cluster: cluster.name,
                client: KubernetesClient.create({ cluster }),
              }),
            );
          return {
            gateways: () =>
              clusters.map(({ name, gatewayUrl }) => ({
                cluster: name,
                url: gatewayUrl,
              })),
            keyStores: () => stores,
          };
        },
      }),
  });

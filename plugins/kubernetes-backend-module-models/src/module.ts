import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesClusterSupplierExtensionPoint,
  kubernetesFetcherExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { clusterRegistryServiceRef } from '@llm-platform/plugin-models-node';
import { RegistryClusterSupplier } from './clusterSupplier';
import { createRegistryFetcher } from './fetcher';

/**
 * Hands the clusters of the platform to the Kubernetes plugin.
 *
 * @public
 */
export const kubernetesModuleModels = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'models',
  register(env) {
    env.registerInit({
      deps: {
        clusters: kubernetesClusterSupplierExtensionPoint,
        fetcher: kubernetesFetcherExtensionPoint,
        logger: coreServices.logger,
        registry: clusterRegistryServiceRef,
      },
      async init({ clusters, fetcher, logger, registry }) {
        clusters.addClusterSupplier(async ({ getDefault }) =>
          RegistryClusterSupplier.create({
            base: await getDefault(),
            logger,
            registry,
          }),
        );
        fetcher.addFetcher(async ({ getDefault }) =>
          createRegistryFetcher({ base: await getDefault(), registry }),
        );
      },
    });
  },
});

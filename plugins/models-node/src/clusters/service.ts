import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ConfigClusterRegistry } from './registry';
import type { ClusterRegistry } from './types';

/**
 * The clusters of the platform, one registry for all plugins of the backend.
 *
 * @public
 */
export const clusterRegistryServiceRef = createServiceRef<ClusterRegistry>({
  id: 'llm-platform.clusters',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => ConfigClusterRegistry.fromConfig(config),
    }),
});

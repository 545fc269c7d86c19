import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import type { ClusterRegistry } from '@llm-platform/plugin-models-node';
import { toClusterDetails } from './clusterDetails';

/** Adds the clusters of the registry to those that the plugin finds by itself. */
export class RegistryClusterSupplier implements KubernetesClustersSupplier {
  readonly #registry: ClusterRegistry;
  readonly #base: KubernetesClustersSupplier;
  readonly #logger: LoggerService;

  static create(options: {
    registry: ClusterRegistry;
    base: KubernetesClustersSupplier;
    logger: LoggerService;
  }): RegistryClusterSupplier {
    return new RegistryClusterSupplier(options);
  }

  private constructor(options: {
    registry: ClusterRegistry;
    base: KubernetesClustersSupplier;
    logger: LoggerService;
  }) {
    this.#registry = options.registry;
    this.#base = options.base;
    this.#logger = options.logger;
  }

  async getClusters(
    options: Parameters<KubernetesClustersSupplier['getClusters']>[0],
  ): Promise<ClusterDetails[]> {
    const base = await this.#base.getClusters(options);
    const names = new Set(base.map(({ name }) => name));
    const ours = await Promise.all(
      this.#registry
        .getClusters()
        .filter(({ name }) => !names.has(name))
        .map(async cluster => {
          try {
            return [await toClusterDetails(cluster)];
          } catch (error) {
            // Its kubeconfig or token isn't there yet: the others are shown meanwhile.
            this.#logger.info(
              `Cluster ${cluster.name} is left out for now: ${
                toError(error).message
              }`,
            );
            return [];
          }
        }),
    );
    return [...base, ...ours.flat()];
  }
}

import { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeConfigFile } from './kubeConfigFile';
import type { ClusterRegistry, PlatformCluster } from './types';

const CLUSTER_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

function fromFile(config: Config): PlatformCluster {
  const file = KubeConfigFile.create({
    path: config.getString('kubeconfig'),
    context: config.getOptionalString('context'),
  });
  return {
    name: config.getString('name'),
    title: config.getOptionalString('title'),
    embedded: config.getOptionalBoolean('embedded') ?? false,
    readOnly: config.getOptionalBoolean('readOnly') ?? false,
    gatewayUrl: config.getOptionalString('gateway.url'),
    prometheusUrl: config.getOptionalString('prometheus.url'),
    getKubeConfig: () => file.read(),
  };
}

function fromLocator(config: Config): PlatformCluster {
  const kubeConfig = new KubeConfig();
  const name = config.getString('name');
  kubeConfig.loadFromClusterAndUser(
    {
      name,
      server: config.getString('url'),
      caData: config.getOptionalString('caData'),
      caFile: config.getOptionalString('caFile'),
      skipTLSVerify: config.getOptionalBoolean('skipTLSVerify') ?? false,
    },
    { name, token: config.getString('serviceAccountToken') },
  );
  return {
    name,
    title: config.getOptionalString('title'),
    embedded: false,
    readOnly: false,
    getKubeConfig: async () => kubeConfig,
  };
}

/**
 * Only clusters whose credential is in the configuration: other auth providers of the Kubernetes plugin need a
 * signed-in user's token, which a watch that all users share does not have.
 */
function readLocators(config: Config): PlatformCluster[] {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
    .filter(cluster => cluster.has('serviceAccountToken'))
    .map(fromLocator);
}

/**
 * The clusters named in the configuration.
 *
 * @public
 */
export class ConfigClusterRegistry implements ClusterRegistry {
  readonly #clusters: Map<string, PlatformCluster>;

  static fromConfig(config: Config): ConfigClusterRegistry {
    const own = (
      config.getOptionalConfigArray('llmPlatform.clusters') ?? []
    ).map(fromFile);
    const names = own.map(cluster => cluster.name);
    const duplicate = names.find((name, i) => names.indexOf(name) !== i);
    if (duplicate) {
      throw new Error(
        `llmPlatform.clusters: there are two clusters named '${duplicate}'`,
      );
    }
    const clusters = new Map<string, PlatformCluster>();
    for (const cluster of [...readLocators(config), ...own]) {
      if (!CLUSTER_NAME.test(cluster.name)) {
        throw new Error(
          `llmPlatform.clusters: '${cluster.name}' is no name for a cluster: use letters, digits and dashes`,
        );
      }
      clusters.set(cluster.name, cluster);
    }
    return new ConfigClusterRegistry(clusters);
  }

  private constructor(clusters: Map<string, PlatformCluster>) {
    this.#clusters = clusters;
  }

  getClusters(): PlatformCluster[] {
    return [...this.#clusters.values()];
  }

  getCluster(name: string): PlatformCluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new NotFoundError(`There is no cluster named '${name}'`);
    }
    return cluster;
  }
}

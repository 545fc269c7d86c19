import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  ClusterDetails,
  KubernetesFetcher,
} from '@backstage/plugin-kubernetes-node';
import type {
  ClusterRegistry,
  PlatformCluster,
} from '@llm-platform/plugin-models-node';
import { KubeConfig } from '@kubernetes/client-node';
import { RegistryClusterSupplier } from './clusterSupplier';
import { createRegistryFetcher } from './fetcher';

function cluster(name: string, user: object, problem?: Error): PlatformCluster {
  return {
    name,
    title: `Title of ${name}`,
    embedded: false,
    readOnly: false,
    getKubeConfig: async () => {
      if (problem) {
        throw problem;
      }
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromClusterAndUser(
        { name, server: `https://${name}:6443`, skipTLSVerify: false },
        { name, ...user },
      );
      return kubeConfig;
    },
  };
}

function registryOf(...clusters: PlatformCluster[]): ClusterRegistry {
  return {
    getClusters: () => clusters,
    getCluster: name => clusters.find(candidate => candidate.name === name)!,
  };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const withToken = cluster('embedded', { token: 'tok' });
const withCertificate = cluster('kind', {
  certData: base64('CERT'),
  keyData: base64('KEY'),
});

describe('the clusters of the platform in the Kubernetes plugin', () => {
  it('adds those that can be reached now to the plugin’s own', async () => {
    const own = { name: 'own', url: 'https://own', authMetadata: {} };
    const supplier = RegistryClusterSupplier.create({
      base: { getClusters: async () => [own] },
      logger: mockServices.logger.mock(),
      registry: registryOf(
        withToken,
        cluster('starting', {}, new Error('no kubeconfig yet')),
        cluster('own', { token: 'other' }),
      ),
    });
    const clusters = await supplier.getClusters({
      credentials: mockCredentials.user(),
    });
    expect(clusters).toEqual([
      own,
      expect.objectContaining({
        name: 'embedded',
        title: 'Title of embedded',
        url: 'https://embedded:6443',
        skipMetricsLookup: true,
        authMetadata: {
          'kubernetes.io/auth-provider': 'serviceAccount',
          serviceAccountToken: 'tok',
        },
      }),
    ]);
  });

  it('fetches with the registry’s credential, and from others with theirs', async () => {
    const used: unknown[] = [];
    const base: KubernetesFetcher = {
      fetchObjectsForService: async ({ credential }) => {
        used.push(credential);
        return { errors: [], responses: [] };
      },
      fetchPodMetricsByNamespaces: async (_details, credential) => {
        used.push(credential);
        return { errors: [], responses: [] };
      },
    };
    const fetcher = createRegistryFetcher({
      base,
      registry: registryOf(withToken, withCertificate),
    });
    const given = { type: 'bearer token', token: 'given' } as const;
    const details = (name: string): ClusterDetails => ({
      name,
      url: '',
      authMetadata: {},
    });
    for (const name of ['embedded', 'kind', 'own']) {
      await fetcher.fetchObjectsForService({
        serviceId: 's',
        clusterDetails: details(name),
        credential: given,
        objectTypesToFetch: new Set(),
        customResources: [],
      });
    }
    await fetcher.fetchPodMetricsByNamespaces(
      details('kind'),
      given,
      new Set(),
    );
    const certificate = {
      type: 'x509 client certificate',
      cert: 'CERT',
      key: 'KEY',
    };
    expect(used).toEqual([
      { type: 'bearer token', token: 'tok' },
      certificate,
      given,
      certificate,
    ]);
  });
});

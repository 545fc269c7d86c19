import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { RequestOptions } from 'node:https';
import { ConfigClusterRegistry } from './registry';
import type { PlatformCluster } from './types';

const directory = createMockDirectory();

function kubeconfig(user: string): string {
  return `
apiVersion: v1
kind: Config
clusters:
  - name: c
    cluster: { server: 'https://127.0.0.1:6443' }
users:
  - name: u
    user: ${user}
contexts:
  - name: portal
    context: { cluster: c, user: u }
current-context: portal
`;
}

function registry(clusters: object[], kubernetes?: object) {
  return ConfigClusterRegistry.fromConfig(
    new ConfigReader({
      llmPlatform: { clusters },
      ...(kubernetes && { kubernetes }),
    } as object),
  );
}

async function authorizationOf(cluster: PlatformCluster): Promise<unknown> {
  const options: RequestOptions = {};
  await (await cluster.getKubeConfig()).applyToHTTPSOptions(options);
  return (options.headers as Record<string, string>).Authorization;
}

describe('ConfigClusterRegistry', () => {
  beforeEach(() => directory.clear());

  it('waits for a kubeconfig and its token, and follows both', async () => {
    const path = directory.resolve('kubeconfig');
    const cluster = registry([
      { name: 'embedded', kubeconfig: path, embedded: true },
    ]).getCluster('embedded');
    expect(cluster).toMatchObject({ embedded: true, readOnly: false });
    await expect(cluster.getKubeConfig()).rejects.toThrow('is not there');

    directory.setContent({ kubeconfig: kubeconfig('{ tokenFile: token }') });
    await expect(authorizationOf(cluster)).rejects.toThrow('ENOENT');

    directory.addContent({ token: 'first' });
    expect(await authorizationOf(cluster)).toBe('Bearer first');

    directory.addContent({ kubeconfig: kubeconfig('{ token: "second one" }') });
    expect(await authorizationOf(cluster)).toBe('Bearer second one');
  });

  it('says what is wrong with a kubeconfig', async () => {
    directory.setContent({
      broken: 'clusters: [',
      good: kubeconfig('{ token: t }'),
    });
    const of = (name: string, context?: string) =>
      registry([
        { name: 'a', kubeconfig: directory.resolve(name), context },
      ]).getCluster('a');
    await expect(of('broken').getKubeConfig()).rejects.toThrow(
      'cannot be read',
    );
    await expect(of('good', 'other').getKubeConfig()).rejects.toThrow(
      "no cluster for the context 'other'",
    );
  });

  it('adds the clusters of the Kubernetes plugin that it can authenticate to', async () => {
    const clusters = registry(
      [
        {
          name: 'a',
          kubeconfig: 'x',
          gateway: { url: 'http://gw' },
          prometheus: { url: 'http://prom' },
        },
      ],
      {
        clusterLocatorMethods: [
          { type: 'catalog' },
          {
            type: 'config',
            clusters: [
              {
                name: 'b',
                url: 'https://b:6443',
                authProvider: 'serviceAccount',
                serviceAccountToken: 'tok',
              },
              { name: 'c', url: 'https://c', authProvider: 'google' },
              { name: 'a', url: 'https://a', serviceAccountToken: 'no' },
            ],
          },
        ],
      },
    );
    expect(
      clusters
        .getClusters()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(clusters.getCluster('a').gatewayUrl).toBe('http://gw');
    expect(clusters.getCluster('a').prometheusUrl).toBe('http://prom');
    expect(clusters.getCluster('b').prometheusUrl).toBeUndefined();
    expect(await authorizationOf(clusters.getCluster('b'))).toBe('Bearer tok');
  });

  it('refuses names that cannot be told apart or not be in a URL', () => {
    const cluster = (name: string) => ({ name, kubeconfig: 'x' });
    expect(() => registry([cluster('a'), cluster('a')])).toThrow(
      "two clusters named 'a'",
    );
    expect(() => registry([cluster('a/b')])).toThrow('is no name');
    expect(() => registry([]).getCluster('a')).toThrow(
      "There is no cluster named 'a'",
    );
  });
});

import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type { PlatformCluster } from '@llm-platform/plugin-models-node';
import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';

/** Stands where a cluster has a certificate instead of a token: the fetcher puts the certificate in. */
const NO_TOKEN = 'see-cluster-registry';

/**
 * A cluster of the registry as the Kubernetes plugin describes clusters. Its auth provider is `serviceAccount`, one of
 * those that the plugin's frontend knows; an own provider's name would make the entity's tab fail in the browser.
 */
export async function toClusterDetails(
  cluster: PlatformCluster,
): Promise<ClusterDetails> {
  const kubeConfig = await cluster.getKubeConfig();
  const current = kubeConfig.getCurrentCluster();
  if (!current) {
    throw new Error(`Cluster '${cluster.name}' has no server`);
  }
  const credential = await readCredential(cluster);
  return {
    name: cluster.name,
    ...(cluster.title && { title: cluster.title }),
    url: current.server,
    skipTLSVerify: current.skipTLSVerify ?? false,
    caData:
      current.caData ??
      (current.caFile && (await readFile(current.caFile)).toString('base64')),
    // No metrics server on the embedded cluster; elsewhere the portal's own figures are used.
    skipMetricsLookup: true,
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: 'serviceAccount',
      serviceAccountToken:
        credential.type === 'bearer token' ? credential.token : NO_TOKEN,
    },
  };
}

/** What the registry authenticates with: a token (also of an exec plugin such as EKS's) or a client certificate. */
export async function readCredential(
  cluster: PlatformCluster,
): Promise<KubernetesCredential> {
  const options: RequestOptions = {};
  const kubeConfig = await cluster.getKubeConfig();
  await kubeConfig.applyToHTTPSOptions(options);
  const headers = options.headers as Record<string, unknown> | undefined;
  const authorization = headers?.Authorization ?? headers?.authorization;
  if (typeof authorization === 'string' && /^Bearer /.test(authorization)) {
    return {
      type: 'bearer token',
      token: authorization.slice('Bearer '.length).trim(),
    };
  }
  if (options.cert && options.key) {
    return {
      type: 'x509 client certificate',
      cert: String(options.cert),
      key: String(options.key),
    };
  }
  return { type: 'anonymous' };
}

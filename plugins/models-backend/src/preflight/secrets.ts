import type {
  ModelDeploymentSpec,
  PreflightFacts,
} from '@llm-platform/plugin-models-common';
import { KubernetesApiError } from '@llm-platform/plugin-models-node';
import type { ClusterCache } from '../watch';

/**
 * Whether the Secret that the spec names is there. Only its metadata is asked for: the portal never receives a value.
 * `undefined` when nothing was asked or the portal's account may not know.
 */
export async function readSecretNames(
  cluster: ClusterCache,
  spec: ModelDeploymentSpec,
): Promise<PreflightFacts['secrets']> {
  const name = spec.spec.tokenSecret?.name;
  if (!name) {
    return undefined;
  }
  try {
    await cluster.client.request({
      path: `/api/v1/namespaces/${
        spec.metadata.namespace
      }/secrets/${encodeURIComponent(name)}`,
      accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
    });
    return [{ name }];
  } catch (error) {
    const isMissing =
      KubernetesApiError.isInstance(error) && error.statusCode === 404;
    return isMissing ? [] : undefined;
  }
}

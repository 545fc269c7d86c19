import { Cluster, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import {
  StorageClassDeclaration,
  storageClasses,
} from '@llm-platform/platform';
import { Construct } from 'constructs';

/**
 * The declared StorageClasses, applied to what may be there already: `gp2` is
 * on every EKS cluster (incidents 1 and 2).
 *
 * @public
 */
export function declaredStorageClasses(
  scope: Construct,
  cluster: Cluster,
): KubernetesManifest {
  return new KubernetesManifest(scope, 'StorageClasses', {
    cluster,
    manifest: storageClasses.map(storageClassOnEks),
    overwrite: true,
    prune: false,
  });
}

/** A StorageClass as Kubernetes writes it. @public */
export function storageClassOnEks(
  declared: StorageClassDeclaration,
): Record<string, unknown> {
  const { name, isDefault, onEks, ...fields } = declared;
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      annotations: {
        'storageclass.kubernetes.io/is-default-class': String(isDefault),
      },
    },
    ...fields,
    ...onEks,
  };
}

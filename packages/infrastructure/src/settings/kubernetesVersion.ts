import { KubernetesVersion as EksVersion } from 'aws-cdk-lib/aws-eks-v2';

/** Kubernetes versions that EKS supports and this package was written for. @public */
export type KubernetesVersion = '1.34' | '1.35' | '1.36';

interface VersionFacts {
  eks: EksVersion;
  /** The autoscaler asks the API server as its own minor version does. */
  clusterAutoscaler: string;
}

/** @public */
export const kubernetesVersions: Readonly<
  Record<KubernetesVersion, VersionFacts>
> = {
  '1.34': { eks: EksVersion.V1_34, clusterAutoscaler: 'v1.34.4' },
  '1.35': { eks: EksVersion.V1_35, clusterAutoscaler: 'v1.35.1' },
  '1.36': { eks: EksVersion.V1_36, clusterAutoscaler: 'v1.36.0' },
};

/** @throws Error with the versions there are. @public */
export function parseKubernetesVersion(text: string): KubernetesVersion {
  const known = Object.keys(kubernetesVersions) as KubernetesVersion[];
  const found = known.find(version => version === text);
  if (!found) {
    throw new Error(
      `Kubernetes "${text}" is not one of the versions supported here: ${known.join(
        ', ',
      )}`,
    );
  }
  return found;
}

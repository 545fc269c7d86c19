import type { KubeStorageClass } from '../kube/types';

const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** Provisioners of old Kubernetes that are served by a CSI driver now (incident 1). */
const MIGRATED: Record<string, string> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
};

/** Whether claims without a class get this one. */
export function isDefaultClass({ metadata }: KubeStorageClass): boolean {
  return metadata?.annotations?.[DEFAULT] === 'true';
}

/** CSI driver that must be installed; `undefined` when the provisioner is of another kind. */
export function requiredCsiDriver(provisioner: string): string | undefined {
  return (
    MIGRATED[provisioner] ??
    (/\.csi\.|^csi\.|-csi\b/.test(provisioner) ? provisioner : undefined)
  );
}

/** The CSI driver of EBS volumes. @public */
export const EBS_CSI_DRIVER = 'ebs.csi.aws.com';

/** @public */
export interface StorageClassDeclaration {
  name: string;
  isDefault: boolean;
  provisioner: string;
  parameters: Readonly<Record<string, string>>;
  volumeBindingMode: 'WaitForFirstConsumer' | 'Immediate';
  reclaimPolicy: 'Delete' | 'Retain';
  allowVolumeExpansion: boolean;
  /** What is different on EKS. */
  onEks: Partial<Pick<StorageClassDeclaration, 'provisioner' | 'parameters'>>;
}

/** The classes that every cluster has; provisioner and parameters of a class can never be changed. @public */
export const storageClasses: readonly StorageClassDeclaration[] = [
  ebs('gp3', {
    isDefault: true,
    onEks: { parameters: { type: 'gp3', encrypted: 'true' } },
  }),
  // For the volumes of the original platform; new ones are gp3. EKS makes it
  // itself, under the name of the plugin that Kubernetes had built in, whose
  // volumes Kubernetes hands to the driver.
  ebs('gp2', {
    isDefault: false,
    onEks: { provisioner: 'kubernetes.io/aws-ebs' },
  }),
];

function ebs(
  type: 'gp2' | 'gp3',
  more: Pick<StorageClassDeclaration, 'isDefault' | 'onEks'>,
): StorageClassDeclaration {
  return {
    name: type,
    provisioner: EBS_CSI_DRIVER,
    parameters: { type, fsType: 'ext4' },
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    ...more,
  };
}

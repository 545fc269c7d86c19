import { ApiClient, groupPath, isConflict } from '../api';
import { EBS_DRIVER } from './provisioner';

const STORAGE = 'storage.k8s.io/v1';

/** The storage add-on that a new cluster begins with. @public */
export async function createStorageDefaults(api: ApiClient): Promise<void> {
  await create(api, 'csidrivers', {
    apiVersion: STORAGE,
    kind: 'CSIDriver',
    metadata: { name: EBS_DRIVER },
    spec: { attachRequired: true, podInfoOnMount: false },
  });
  await create(api, 'storageclasses', storageClass('gp2', true));
  await create(api, 'storageclasses', storageClass('gp3', false));
}

function storageClass(type: string, isDefault: boolean): object {
  return {
    apiVersion: STORAGE,
    kind: 'StorageClass',
    metadata: {
      name: type,
      annotations: isDefault
        ? { 'storageclass.kubernetes.io/is-default-class': 'true' }
        : {},
    },
    provisioner: EBS_DRIVER,
    parameters: { type, fsType: 'ext4' },
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
  };
}

async function create(
  api: ApiClient,
  resource: string,
  body: object,
): Promise<void> {
  try {
    await api.create(groupPath(STORAGE, resource), body);
  } catch (error) {
    if (!isConflict(error)) {
      throw error;
    }
  }
}

import {
  StorageClassDeclaration,
  storageClasses,
} from '@llm-platform/platform';
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
  for (const declared of storageClasses) {
    await create(api, 'storageclasses', storageClass(declared));
  }
}

function storageClass({
  name,
  isDefault,
  provisioner,
  parameters,
  volumeBindingMode,
  reclaimPolicy,
  allowVolumeExpansion,
}: StorageClassDeclaration): object {
  return {
    apiVersion: STORAGE,
    kind: 'StorageClass',
    metadata: {
      name,
      annotations: {
        'storageclass.kubernetes.io/is-default-class': String(isDefault),
      },
    },
    provisioner,
    parameters,
    volumeBindingMode,
    reclaimPolicy,
    allowVolumeExpansion,
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

import { rmSync } from 'node:fs';
import path from 'node:path';
import {
  V1CSIDriver,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1StorageClass,
} from '@kubernetes/client-node';
import { EBS_CSI_DRIVER } from '@llm-platform/platform';
import { ApiClient, Store, corePath, isConflict, isNotFound } from '../api';
import { errorMessage } from '../errors';
import { EventRecorder } from '../events';

/** The CSI driver that the agent plays. @public */
export const EBS_DRIVER = EBS_CSI_DRIVER;

const COMPONENT = `${EBS_DRIVER}_ebs-csi-controller`;
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
const RETRY_MS = 5_000;

/** @public */
export interface ProvisionerOptions {
  api: ApiClient;
  events: EventRecorder;
  claims: Store<V1PersistentVolumeClaim>;
  volumes: Store<V1PersistentVolume>;
  classes: Store<V1StorageClass>;
  drivers: Store<V1CSIDriver>;
  /** Directory of a volume's data. */
  directory(volumeName: string): string;
  logger(line: string): void;
}

/**
 * Whether a claim is to be provisioned now: its class is of our driver, and a
 * node has been chosen for it where the class waits for that.
 *
 * @public
 */
export function shouldProvision(
  claim: V1PersistentVolumeClaim,
  storageClass: V1StorageClass | undefined,
): boolean {
  return (
    storageClass?.provisioner === EBS_DRIVER &&
    claim.status?.phase === 'Pending' &&
    !claim.spec?.volumeName &&
    !claim.metadata?.deletionTimestamp &&
    (storageClass.volumeBindingMode !== 'WaitForFirstConsumer' ||
      Boolean(claim.metadata?.annotations?.[SELECTED_NODE]))
  );
}

/** The volume that a claim gets. @public */
export function volumeFor(
  claim: V1PersistentVolumeClaim,
  storageClass: V1StorageClass,
): object {
  const { name, namespace, uid = '', resourceVersion } = claim.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: `pvc-${uid}`,
      annotations: {
        [PROVISIONED_BY]: EBS_DRIVER,
        'llm-platform.dev/simulated': 'volume',
      },
    },
    spec: {
      capacity: { storage: claim.spec?.resources?.requests?.storage ?? '1Gi' },
      accessModes: claim.spec?.accessModes ?? ['ReadWriteOnce'],
      volumeMode: claim.spec?.volumeMode ?? 'Filesystem',
      storageClassName: storageClass.metadata?.name,
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      mountOptions: storageClass.mountOptions,
      csi: {
        driver: EBS_DRIVER,
        volumeHandle: `vol-0${uid.replace(/-/g, '').slice(0, 16)}`,
        fsType: 'ext4',
      },
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name,
        namespace,
        uid,
        resourceVersion,
      },
    },
  };
}

/**
 * Plays the EBS CSI driver's provisioner, for as long as the cluster has that
 * driver: without its CSIDriver object claims stay Pending, as on a cluster
 * where the add-on was forgotten.
 *
 * @public
 */
export function startProvisioner(options: ProvisionerOptions): {
  stop(): void;
} {
  const { api, events, claims, volumes, classes, drivers, logger } = options;
  const busy = new Set<string>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const record = (
    claim: V1PersistentVolumeClaim,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ) => {
    const { name = '', namespace, uid } = claim.metadata ?? {};
    events.record(
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      type,
      reason,
      message,
      { component: COMPONENT },
    );
  };

  const provision = async (
    claim: V1PersistentVolumeClaim,
    storageClass: V1StorageClass,
  ) => {
    const { name, namespace, uid } = claim.metadata ?? {};
    record(
      claim,
      'Normal',
      'Provisioning',
      `External provisioner is provisioning volume for claim "${namespace}/${name}"`,
    );
    try {
      await api.create(
        corePath('persistentvolumes'),
        volumeFor(claim, storageClass),
      );
    } catch (error) {
      if (!isConflict(error)) {
        record(
          claim,
          'Warning',
          'ProvisioningFailed',
          `failed to provision volume with StorageClass "${
            storageClass.metadata?.name
          }": ${errorMessage(error)}`,
        );
        throw error;
      }
    }
    record(
      claim,
      'Normal',
      'ProvisioningSucceeded',
      `Successfully provisioned volume pvc-${uid}`,
    );
  };

  const remove = async (volume: V1PersistentVolume) => {
    const name = volume.metadata?.name ?? '';
    rmSync(options.directory(name), { recursive: true, force: true });
    try {
      await api.delete(corePath('persistentvolumes', undefined, name));
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
    }
  };

  const once = (key: string, work: () => Promise<void>) => {
    if (busy.has(key)) {
      return;
    }
    busy.add(key);
    work()
      .catch(error => {
        logger(`storage: ${errorMessage(error)}`);
        if (!timer && !stopped) {
          timer = setTimeout(() => {
            timer = undefined;
            consider();
          }, RETRY_MS);
        }
      })
      .finally(() => busy.delete(key));
  };

  function consider() {
    if (stopped || !drivers.get(EBS_DRIVER)) {
      return;
    }
    for (const claim of claims.list()) {
      const storageClass = classes.get(claim.spec?.storageClassName ?? '');
      const uid = claim.metadata?.uid ?? '';
      if (
        storageClass &&
        shouldProvision(claim, storageClass) &&
        !volumes.get(`pvc-${uid}`)
      ) {
        once(`claim ${uid}`, () => provision(claim, storageClass));
      }
    }
    for (const volume of volumes.list()) {
      if (
        volume.status?.phase === 'Released' &&
        volume.spec?.persistentVolumeReclaimPolicy === 'Delete' &&
        volume.metadata?.annotations?.[PROVISIONED_BY] === EBS_DRIVER &&
        !volume.metadata.deletionTimestamp
      ) {
        once(`volume ${volume.metadata.name}`, () => remove(volume));
      }
    }
  }

  claims.onChange(consider);
  volumes.onChange(consider);
  classes.onChange(consider);
  drivers.onChange(consider);
  consider();

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Directory of a persistent volume below the agent's own. @public */
export function volumeDirectory(agentDir: string, volumeName: string): string {
  return path.join(agentDir, 'persistent', volumeName);
}

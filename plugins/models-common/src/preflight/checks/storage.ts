import type { KubePersistentVolumeClaim, KubeStorageClass } from '../../kube';
import { volumeClaimName } from '../../manifests/names';
import { formatGiB, GIB, parseMemory } from '../../quantities';
import type { PreflightFacts } from '../facts';
import {
  block,
  notRead,
  pass,
  warn,
  type Check,
  type Outcome,
} from '../outcome';
import { isDefaultClass, requiredCsiDriver } from '../storageClasses';

function existingClaim(
  facts: PreflightFacts,
): KubePersistentVolumeClaim | undefined {
  return facts.existing?.find(
    ({ kind, metadata }) =>
      kind === 'PersistentVolumeClaim' &&
      metadata?.name === volumeClaimName(facts.spec.metadata.name),
  );
}

function checkExisting(
  claim: KubePersistentVolumeClaim,
  { size, storageClassName }: PreflightFacts['spec']['spec']['storage'],
): Outcome | undefined {
  const has = claim.spec?.resources?.requests?.storage;
  const name = claim.metadata?.name;
  if ((parseMemory(has) ?? 0) > (parseMemory(size) ?? 0)) {
    return block(
      `The volume ${name} has ${has} and can't shrink to ${size}.`,
      `Ask for ${has} or more, or delete the model with its volume first.`,
    );
  }
  const className = claim.spec?.storageClassName;
  if (storageClassName && className && className !== storageClassName) {
    return block(
      `The volume ${name} is of class ${className}; a volume's class can't be changed to ${storageClassName}.`,
      `Keep ${className}, or delete the model with its volume first.`,
    );
  }
  return undefined;
}

function checkClass(
  used: KubeStorageClass,
  csiDrivers: string[] | undefined,
): Outcome | undefined {
  const driver = requiredCsiDriver(used.provisioner);
  return driver && csiDrivers?.includes(driver) === false
    ? block(
        `StorageClass ${used.metadata?.name} needs the CSI driver ${driver}, which the cluster does not have: the volume would stay Pending.`,
        `Have a platform engineer install ${driver} (on EKS the aws-ebs-csi-driver add-on).`,
      )
    : undefined;
}

function checkSize(facts: PreflightFacts): Outcome | undefined {
  const { size } = facts.spec.spec.storage;
  const gib = (parseMemory(size) ?? 0) / GIB;
  const gpus = facts.spec.spec.engine.tensorParallelSize ?? 1;
  const weights = facts.fit.weightsGiB * gpus;
  return weights > gib
    ? block(
        `The volume has ${size} and the weights alone take about ${formatGiB(
          weights,
        )}.`,
        `Ask for at least ${Math.ceil(weights * 1.2)}Gi.`,
      )
    : undefined;
}

/** Incidents 1 and 2. */
export const checkStorage: Check = facts => {
  const { spec, storageClasses, csiDrivers } = facts;
  const { storage, replicas } = spec.spec;
  const claim = existingClaim(facts);
  const conflict = (claim && checkExisting(claim, storage)) ?? checkSize(facts);
  if (conflict) {
    return conflict;
  }
  if (!storageClasses) {
    return notRead('StorageClasses');
  }
  const names = storageClasses.map(({ metadata }) => metadata?.name).join(', ');
  const used = storage.storageClassName
    ? storageClasses.find(
        ({ metadata }) => metadata?.name === storage.storageClassName,
      )
    : storageClasses.find(isDefaultClass);
  if (!used) {
    return storage.storageClassName
      ? block(
          `StorageClass "${
            storage.storageClassName
          }" does not exist; the cluster has ${names || 'none'}.`,
          'Choose one that exists, or leave the field empty for the default.',
        )
      : block(
          `No StorageClass is the default; the cluster has ${names || 'none'}.`,
          'Name a StorageClass.',
        );
  }
  const broken = checkClass(used, csiDrivers);
  if (broken) {
    return broken;
  }
  if (replicas > 1) {
    return warn(
      `${replicas} replicas share one ${storage.size} volume of class ${used.metadata?.name}, which only one node can mount.`,
      'Use one replica per model deployment, unless a node has room for all of them.',
    );
  }
  return pass(
    `${storage.size} of StorageClass ${used.metadata?.name}${
      storage.storageClassName ? '' : ' (the default)'
    }.`,
  );
};

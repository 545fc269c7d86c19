import type { KubePersistentVolumeClaim } from '../kube';
import { isDefaultClass, requiredCsiDriver } from '../preflight/storageClasses';
import {
  eventsOf,
  objectName,
  unscheduledPods,
  type DiagnosisFacts,
  type Rule,
} from './facts';
import type { Diagnosis } from './types';

type Finding = Pick<Diagnosis, 'cause' | 'title' | 'explanation' | 'remedy'>;

function missingClass(
  facts: DiagnosisFacts,
  className: string,
  text: string,
): Finding | undefined {
  const names = facts.storageClasses?.map(({ metadata }) => metadata?.name);
  const reported = /storageclass\.storage\.k8s\.io ".*" not found/.test(text);
  if (!reported && (names === undefined || names.includes(className))) {
    return undefined;
  }
  const known = names ? ` It has: ${names.join(', ') || 'none'}.` : '';
  return {
    cause: 'storage-class-missing',
    title: `The StorageClass ${className} does not exist`,
    explanation: `The claim asks for StorageClass "${className}", which the cluster does not have.${known}`,
    remedy:
      "Choose a StorageClass that exists; a claim's class is immutable, so delete the claim and apply again.",
  };
}

function findClaimCause(
  facts: DiagnosisFacts,
  claim: KubePersistentVolumeClaim,
  text: string,
): Finding | undefined {
  const className = claim.spec?.storageClassName;
  const missing = className && missingClass(facts, className, text);
  if (missing) {
    return missing;
  }
  const noDefault =
    facts.storageClasses !== undefined &&
    !facts.storageClasses.some(isDefaultClass);
  if (className === undefined && noDefault) {
    return {
      cause: 'no-default-storage-class',
      title: 'No StorageClass is the default',
      explanation:
        'The claim names no StorageClass and the cluster has no default one.',
      remedy: 'Name a StorageClass in the spec, or make one the default.',
    };
  }
  const used = facts.storageClasses?.find(({ metadata }) => {
    return metadata?.name === className;
  });
  const driver = used && requiredCsiDriver(used.provisioner);
  if (used && driver && facts.csiDrivers?.includes(driver) === false) {
    return {
      cause: 'volume-provisioner-missing',
      title: `Nothing provisions volumes of class ${className}`,
      explanation: `StorageClass "${className}" needs the CSI driver ${driver}, which is not installed.`,
      remedy: `Install ${driver} (on EKS: the aws-ebs-csi-driver add-on).`,
    };
  }
  return undefined;
}

const pendingClaim: Rule = facts =>
  (facts.pvcs ?? [])
    .filter(({ status }) => status?.phase === 'Pending')
    .flatMap((claim): Diagnosis[] => {
      const messages = eventsOf(
        facts,
        'PersistentVolumeClaim',
        claim.metadata?.name,
      ).flatMap(({ message }) => message ?? []);
      const text = messages.join('; ') || 'is Pending';
      const finding = findClaimCause(facts, claim, text);
      return finding
        ? [
            {
              ...finding,
              severity: 'error',
              phase: 'volume-bound',
              evidence: [
                { object: objectName('PersistentVolumeClaim', claim), text },
              ],
            },
          ]
        : [];
    });

const absentClaim: Rule = facts =>
  unscheduledPods(facts).flatMap(({ pod, message }): Diagnosis[] => {
    const name = /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1];
    return name
      ? [
          {
            cause: 'volume-claim-missing',
            severity: 'error',
            phase: 'volume-bound',
            title: `The volume claim ${name} does not exist`,
            explanation: `The pod mounts the claim "${name}", which is not in its namespace.`,
            evidence: [{ object: objectName('Pod', pod), text: message }],
            remedy: 'Apply the model again: the portal creates the claim.',
          },
        ]
      : [];
  });

/** Incidents 1 and 2. */
export const storageRules: Rule[] = [pendingClaim, absentClaim];

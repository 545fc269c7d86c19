import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { storageClasses } from '../declarations';
import { ClusterFacts, isOfPlatform } from './facts';
import { GoldenResult, rowsOf } from './result';

const row = rowsOf('storage');
const DEFAULT = 'storageclass.kubernetes.io/is-default-class';
/** The plugin that Kubernetes had built in: its volumes go to the CSI driver. */
const IN_TREE = 'kubernetes.io/aws-ebs';
const EBS_DRIVER = 'ebs.csi.aws.com';

/** The classes that are declared are there with their driver, and every claim of the platform is bound. */
export function judgeStorage(facts: ClusterFacts): GoldenResult[] {
  return [
    ...storageClasses.map(({ name }) => judgeClass(name, facts)),
    judgeDefault(facts),
    ...facts.claims.filter(isOfPlatform).map(claim => judgeClaim(claim, facts)),
  ];
}

function judgeClass(name: string, facts: ClusterFacts): GoldenResult {
  const title = `StorageClass ${name}`;
  const found = facts.storageClasses.find(c => c.metadata?.name === name);
  if (!found) {
    return row(
      title,
      false,
      `It is not there: claims that name it wait forever. Make it again (packages/infrastructure makes it)`,
    );
  }
  const driver = found.provisioner === IN_TREE ? EBS_DRIVER : found.provisioner;
  const installed = facts.csiDrivers.some(d => d.metadata?.name === driver);
  return row(
    title,
    installed,
    installed
      ? found.provisioner
      : `Its driver ${driver} is not installed: no volume will be made`,
  );
}

function judgeDefault({ storageClasses: classes }: ClusterFacts) {
  const names = classes
    .filter(c => c.metadata?.annotations?.[DEFAULT] === 'true')
    .map(c => c.metadata?.name);
  return row(
    'Default StorageClass',
    names.length === 1,
    names.length === 0
      ? 'There is none: claims without a class wait forever'
      : names.join(', '),
  );
}

function judgeClaim(
  claim: V1PersistentVolumeClaim,
  facts: ClusterFacts,
): GoldenResult {
  const { namespace, name } = claim.metadata ?? {};
  const phase = claim.status?.phase ?? 'Pending';
  const className = claim.spec?.storageClassName;
  const classThere = facts.storageClasses.some(
    c => c.metadata?.name === className,
  );
  const bound = phase === 'Bound';
  return row(
    `Volume ${namespace}/${name}`,
    bound,
    bound
      ? `${claim.status?.capacity?.storage ?? ''} of ${className}`
      : `${phase}: ${
          className === undefined || classThere
            ? 'it waits for a pod that uses it and fits on a node, or its driver can make none'
            : `there is no StorageClass ${className}`
        }`,
  );
}

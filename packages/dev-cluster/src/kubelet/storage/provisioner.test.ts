import {
  V1PersistentVolumeClaim,
  V1StorageClass,
} from '@kubernetes/client-node';
import { shouldProvision, volumeFor } from './provisioner';

const storageClass = (more: Partial<V1StorageClass> = {}): V1StorageClass => ({
  metadata: { name: 'gp3' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Delete',
  ...more,
});
const claim: V1PersistentVolumeClaim = {
  metadata: {
    name: 'models',
    namespace: 'quant',
    uid: '12345678-aaaa-bbbb-cccc-1234567890ab',
  },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '20Gi' } },
    storageClassName: 'gp3',
  },
  status: { phase: 'Pending' },
};
const chosen: V1PersistentVolumeClaim = {
  ...claim,
  metadata: {
    ...claim.metadata,
    annotations: { 'volume.kubernetes.io/selected-node': 'node' },
  },
};

describe('shouldProvision', () => {
  it('waits for a node to be chosen where the class says so', () => {
    expect(shouldProvision(claim, storageClass())).toBe(false);
    expect(shouldProvision(chosen, storageClass())).toBe(true);
    expect(
      shouldProvision(claim, storageClass({ volumeBindingMode: 'Immediate' })),
    ).toBe(true);
  });

  it('leaves other classes and claims with a volume alone', () => {
    expect(shouldProvision(chosen, undefined)).toBe(false);
    expect(
      shouldProvision(chosen, storageClass({ provisioner: 'example.com/x' })),
    ).toBe(false);
    expect(
      shouldProvision(
        { ...chosen, status: { phase: 'Bound' } },
        storageClass(),
      ),
    ).toBe(false);
  });
});

describe('volumeFor', () => {
  it('is what the EBS driver would make, marked as simulated', () => {
    expect(volumeFor(chosen, storageClass())).toMatchObject({
      metadata: {
        name: 'pvc-12345678-aaaa-bbbb-cccc-1234567890ab',
        annotations: {
          'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com',
          'llm-platform.dev/simulated': 'volume',
        },
      },
      spec: {
        capacity: { storage: '20Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Delete',
        storageClassName: 'gp3',
        csi: {
          driver: 'ebs.csi.aws.com',
          volumeHandle: 'vol-012345678aaaabbbb',
        },
        claimRef: { name: 'models', namespace: 'quant' },
      },
    });
  });
});

/** A node that the agent plays. @public */
export interface NodeSpec {
  name: string;
  /** Number of the node's share of pod addresses. */
  index: number;
  address: string;
  capacity: Record<string, string>;
  allocatable: Record<string, string>;
  labels: Record<string, string>;
  taints: Array<{ key: string; value: string; effect: string }>;
  /** What of it isn't real. */
  simulated: string;
  instanceId: string;
  /** Joins only when a GPU pod needs it, and leaves when idle. */
  onDemand: boolean;
}

/** Extended resource of NVIDIA GPUs. @public */
export const GPU = 'nvidia.com/gpu';

const REGION = 'us-west-2';
const ZONES = ['us-west-2a', 'us-west-2b'];

interface Kind {
  instanceType: string;
  group: string;
  capacity: Record<string, string>;
  allocatable: Record<string, string>;
  labels: Record<string, string>;
  taints: NodeSpec['taints'];
  simulated: string;
}

const GENERAL: Kind = {
  instanceType: 't3.medium',
  group: 'general',
  capacity: {
    cpu: '2',
    memory: '3943400Ki',
    'ephemeral-storage': '20959212Ki',
    pods: '17',
  },
  allocatable: {
    cpu: '1930m',
    memory: '3388360Ki',
    'ephemeral-storage': '18242267924',
    pods: '17',
  },
  labels: {},
  taints: [],
  simulated: 'node',
};

const GPU_KIND: Kind = {
  instanceType: 'g4dn.xlarge',
  group: 'gpu',
  capacity: {
    cpu: '4',
    memory: '16093324Ki',
    'ephemeral-storage': '104845292Ki',
    pods: '29',
    [GPU]: '1',
  },
  allocatable: {
    cpu: '3920m',
    memory: '15Gi',
    'ephemeral-storage': '95551679124',
    pods: '29',
    [GPU]: '1',
  },
  labels: {
    'nvidia.com/gpu.present': 'true',
    'nvidia.com/gpu.product': 'Tesla-T4',
    'nvidia.com/gpu.memory': '15360',
    'nvidia.com/gpu.count': '1',
  },
  taints: [{ key: GPU, value: 'true', effect: 'NoSchedule' }],
  simulated: 'GPU',
};

/** The nodes of the EKS-like cluster. @public */
export const NODES: readonly NodeSpec[] = [
  node(GENERAL, 0, '10.0.1.11'),
  node(GENERAL, 1, '10.0.2.12'),
  node(GENERAL, 2, '10.0.1.13'),
  node(GENERAL, 3, '10.0.2.14'),
  node(GPU_KIND, 4, '10.0.1.21'),
  node(GPU_KIND, 5, '10.0.1.22', true),
];

function node(
  kind: Kind,
  index: number,
  address: string,
  onDemand = false,
): NodeSpec {
  const name = `ip-${address.replace(/\./g, '-')}.${REGION}.compute.internal`;
  // The second number of the subnet is its zone's.
  const zone = ZONES[Number(address.split('.')[2]) - 1];
  return {
    name,
    index,
    address,
    capacity: kind.capacity,
    allocatable: kind.allocatable,
    taints: kind.taints,
    simulated: kind.simulated,
    instanceId: `i-0${address
      .split('.')
      .map(part => Number(part).toString(16).padStart(4, '0'))
      .join('')}`,
    onDemand,
    labels: {
      'beta.kubernetes.io/arch': 'amd64',
      'beta.kubernetes.io/os': 'linux',
      'beta.kubernetes.io/instance-type': kind.instanceType,
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': kind.instanceType,
      'topology.kubernetes.io/region': REGION,
      'topology.kubernetes.io/zone': zone,
      'topology.ebs.csi.aws.com/zone': zone,
      'eks.amazonaws.com/nodegroup': kind.group,
      'eks.amazonaws.com/capacityType': 'ON_DEMAND',
      ...kind.labels,
    },
  };
}

import { GPU_RESOURCE, NodeGroup, environments } from '@llm-platform/platform';

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
export const GPU = GPU_RESOURCE;

const REGION = 'us-west-2';
const ZONES = ['us-west-2a', 'us-west-2b'];

/** The declared groups that the agent plays: the nodes are as those of EKS. */
const [GENERAL, GPU_GROUP] = ['general', 'gpu'].map(declaredGroup);

/** The nodes of the EKS-like cluster. @public */
export const NODES: readonly NodeSpec[] = [
  ...nodes(GENERAL, 0, ['10.0.1.11', '10.0.2.12', '10.0.1.13', '10.0.2.14']),
  // Of one zone, as the declaration says.
  ...nodes(GPU_GROUP, 4, ['10.0.1.21', '10.0.1.22']),
];

function declaredGroup(name: string): NodeGroup {
  const group = environments.embedded.nodeGroups.find(
    declared => declared.name === name,
  );
  if (!group) {
    throw new Error(`The embedded environment has no node group "${name}"`);
  }
  return group;
}

/**
 * As many nodes as the group may have; those above its desired size join on
 * demand. Their addresses and numbers stay the same for ever: a cluster's data
 * has pods on them.
 */
function nodes(
  group: NodeGroup,
  firstIndex: number,
  addresses: readonly string[],
): NodeSpec[] {
  if (addresses.length < group.size.max) {
    throw new Error(
      `The node group "${group.name}" may have ${group.size.max} nodes, and there are addresses for ${addresses.length}`,
    );
  }
  return addresses
    .slice(0, group.size.max)
    .map((address, i) =>
      node(group, firstIndex + i, address, i >= group.size.desired),
    );
}

function node(
  group: NodeGroup,
  index: number,
  address: string,
  onDemand: boolean,
): NodeSpec {
  const name = `ip-${address.replace(/\./g, '-')}.${REGION}.compute.internal`;
  // The second number of the subnet is its zone's.
  const zone = ZONES[Number(address.split('.')[2]) - 1];
  return {
    name,
    index,
    address,
    capacity: group.capacity,
    allocatable: group.allocatable,
    taints: [...group.taints],
    simulated: group.type.gpu ? 'GPU' : 'node',
    instanceId: `i-0${address
      .split('.')
      .map(part => Number(part).toString(16).padStart(4, '0'))
      .join('')}`,
    onDemand,
    labels: {
      'beta.kubernetes.io/arch': 'amd64',
      'beta.kubernetes.io/os': 'linux',
      'beta.kubernetes.io/instance-type': group.instanceType,
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': group.instanceType,
      'topology.kubernetes.io/region': REGION,
      'topology.kubernetes.io/zone': zone,
      'topology.ebs.csi.aws.com/zone': zone,
      'eks.amazonaws.com/nodegroup': group.name,
      'eks.amazonaws.com/capacityType': 'ON_DEMAND',
      ...group.labels,
    },
  };
}

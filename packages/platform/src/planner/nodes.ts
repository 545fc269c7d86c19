import type { Environment, NodeGroup, Taint } from '../declarations';
import { NOTHING, Resources, readResources } from './resources';

/** A node as the planner fills it. @public */
export interface PlannedNode {
  name: string;
  group: string;
  instanceType: string;
  labels: Record<string, string>;
  taints: readonly Taint[];
  allocatable: Resources;
  used: Resources;
  /** Labels and namespaces of the pods on it. */
  pods: Array<{ namespace: string; labels: Record<string, string> }>;
  /** Not there at first: its group grew for a pod. */
  joined: boolean;
}

/** Groups spread their nodes over this many zones. */
const ZONES = ['a', 'b', 'c'];

/** The nodes that are there when nothing waits. */
export function initialNodes({ nodeGroups }: Environment): PlannedNode[] {
  return nodeGroups.flatMap(group =>
    Array.from({ length: group.size.desired }, (_, i) =>
      nodeOf(group, i, false),
    ),
  );
}

/** One more node of each group that can still grow. */
export function growth(
  { nodeGroups }: Environment,
  nodes: PlannedNode[],
): PlannedNode[] {
  return nodeGroups.flatMap(group => {
    const there = nodes.filter(node => node.group === group.name).length;
    return there < group.size.max ? [nodeOf(group, there, true)] : [];
  });
}

function nodeOf(group: NodeGroup, index: number, joined: boolean): PlannedNode {
  const name = `${group.name}-${index + 1}`;
  return {
    name,
    group: group.name,
    instanceType: group.instanceType,
    labels: {
      ...group.labels,
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': group.instanceType,
      'eks.amazonaws.com/nodegroup': group.name,
      'topology.kubernetes.io/zone': ZONES[index % ZONES.length],
    },
    taints: group.taints,
    allocatable: readResources(group.allocatable),
    used: NOTHING,
    pods: [],
    joined,
  };
}

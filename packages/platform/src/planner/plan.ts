import type { AddonDeclaration, Environment } from '../declarations';
import type { RenderedObject } from '../rendered';
import { PlannedNode, growth, initialNodes } from './nodes';
import { nodeMismatch, obstacles } from './placement';
import { PodGroup, podGroupsOf, podGroupsOfAddons } from './pods';
import {
  NOTHING,
  Resources,
  add,
  formatRequests,
  larger,
  subtract,
} from './resources';

/** A pod that finds no node. @public */
export interface Unscheduled {
  owner: string;
  /** In the scheduler's words, with what was asked for and what there is. */
  message: string;
}

/** What becomes of one Deployment's rolling update. @public */
export interface Rollout {
  owner: string;
  /** Pods that it makes before it ends old ones. */
  surge: number;
  /** Nodes that join for it. */
  joined: number;
  problem?: Unscheduled;
}

/** Where everything runs, or why it doesn't. @public */
export interface Plan {
  nodes: PlannedNode[];
  unscheduled: Unscheduled[];
  rollouts: Rollout[];
}

class Planner {
  constructor(
    private readonly environment: Environment,
    private readonly daemons: PodGroup[],
  ) {}

  begin(): PlannedNode[] {
    return initialNodes(this.environment).map(node => this.withDaemons(node));
  }

  /** Puts pods on nodes, and lets a group grow for one that has no room. */
  place(
    group: PodGroup,
    count: number,
    nodes: PlannedNode[],
  ): Unscheduled | undefined {
    for (let i = 0; i < count; i += 1) {
      const node =
        emptiest(nodes.filter(n => obstacles(group, n, nodes).length === 0)) ??
        this.grow(group, nodes);
      if (!node) {
        return { owner: group.owner, message: this.explain(group, nodes) };
      }
      occupy(node, group);
    }
    return undefined;
  }

  /** Updates one Deployment while all else stays. */
  update(group: PodGroup, nodes: PlannedNode[]): Rollout {
    const { surge, unavailable } = group.update;
    const { owner } = group;
    if (surge === 0 && unavailable === 0) {
      return {
        owner,
        surge,
        joined: 0,
        problem: {
          owner,
          message:
            'its update can neither make a pod more nor end one before. Set maxSurge or maxUnavailable to at least 1',
        },
      };
    }
    const copy = nodes.map(node => ({ ...node, pods: [...node.pods] }));
    vacate(copy, group, Math.min(unavailable, group.replicas));
    const problem = this.place(group, group.replicas === 0 ? 0 : surge, copy);
    return { owner, surge, joined: copy.length - nodes.length, problem };
  }

  /** DaemonSets whose pods don't all fit beside each other on an empty node. */
  daemonsWithoutRoom(nodes: PlannedNode[]): Unscheduled[] {
    const over = nodes.find(({ used, allocatable }) =>
      Object.keys(used).some(
        key =>
          used[key as keyof Resources] > allocatable[key as keyof Resources],
      ),
    );
    return over
      ? [
          {
            owner: 'DaemonSets',
            message: `the DaemonSets alone ask for ${formatRequests(
              over.used,
            )} on ${over.name}, which offers ${formatRequests(
              over.allocatable,
            )}. Lower their requests, or take a larger instance type`,
          },
        ]
      : [];
  }

  private grow(group: PodGroup, nodes: PlannedNode[]): PlannedNode | undefined {
    const node = growth(this.environment, nodes)
      .map(candidate => this.withDaemons(candidate))
      .find(
        candidate =>
          obstacles(group, candidate, [...nodes, candidate]).length === 0,
      );
    if (node) {
      nodes.push(node);
    }
    return node;
  }

  private withDaemons(node: PlannedNode): PlannedNode {
    const here = this.daemons.filter(
      daemon => nodeMismatch(daemon, node) === undefined,
    );
    const { allocatable } = node;
    const result = {
      ...node,
      allocatable: here.some(({ offersGpus }) => offersGpus)
        ? allocatable
        : { ...allocatable, gpus: 0 },
      pods: [],
    };
    here.forEach(daemon => occupy(result, daemon));
    return result;
  }

  private explain(group: PodGroup, nodes: PlannedNode[]): string {
    const all = [
      ...nodes,
      ...growth(this.environment, nodes).map(n => this.withDaemons(n)),
    ];
    const reasons = new Map<string, number>();
    for (const reason of all.flatMap(n => obstacles(group, n, all))) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    const open = all.filter(n => nodeMismatch(group, n) === undefined);
    const room = open
      .map(({ allocatable, used }) => subtract(allocatable, used))
      .reduce(larger, NOTHING);
    const empty = open
      .map(({ allocatable }) => allocatable)
      .reduce(larger, NOTHING);
    return [
      `asks for ${formatRequests(group.requests)}: 0/${
        all.length
      } nodes are available: ${[...reasons]
        .map(([reason, count]) => `${count} ${reason}`)
        .join(', ')}.`,
      open.length === 0
        ? 'No node group is for such pods: check nodeSelector and tolerations.'
        : `The most that a node for it offers is ${formatRequests(
            empty,
          )}, and has left ${formatRequests(room)}.`,
      ...(group.requests.gpus > 0 && empty.gpus === 0 && open.length > 0
        ? [
            'No GPU is advertised there: a DaemonSet of the NVIDIA device plugin must run on these nodes and tolerate their taint.',
          ]
        : ['Lower the requests, or let the node group have more nodes.']),
    ].join(' ');
  }
}

function occupy(node: PlannedNode, { requests, namespace, labels }: PodGroup) {
  node.used = add(node.used, requests);
  node.pods.push({ namespace, labels });
}

/** Ends some pods of a group. */
function vacate(nodes: PlannedNode[], group: PodGroup, count: number) {
  let left = count;
  for (const node of nodes) {
    while (left > 0) {
      const at = node.pods.findIndex(({ labels }) => labels === group.labels);
      if (at < 0) {
        break;
      }
      node.pods.splice(at, 1);
      node.used = subtract(node.used, group.requests);
      left -= 1;
    }
  }
}

/** The node with the largest share left, as the scheduler prefers it. */
function emptiest(nodes: PlannedNode[]): PlannedNode | undefined {
  const left = ({ used, allocatable }: PlannedNode) =>
    1 - used.cpu / allocatable.cpu + (1 - used.memory / allocatable.memory);
  return [...nodes].sort((a, b) => left(b) - left(a))[0];
}

const SYSTEM_PRIORITY = 2_000_000_000;

function prioritiesOf(
  objects: RenderedObject[],
): (name: string | undefined) => number {
  const values = new Map(
    objects
      .filter(({ kind }) => kind === 'PriorityClass')
      .map(({ metadata, value }) => [metadata.name, Number(value)]),
  );
  return name =>
    name?.startsWith('system-') ? SYSTEM_PRIORITY : values.get(name ?? '') ?? 0;
}

/**
 * Places everything that an overlay and the add-ons make on the declared
 * node groups, as the scheduler would: by what a node has left of its
 * allocatable CPU, memory, GPUs and pods, after the DaemonSets, the most
 * important pods first, the emptiest node first. A group grows up to its
 * maximum for a pod that finds no room. Then each Deployment is updated on its
 * own, on top of that.
 *
 * A node has GPUs only where a device plugin runs (incident 10).
 *
 * @public
 */
export function planCapacity(options: {
  objects: RenderedObject[];
  environment: Environment;
  addons: readonly AddonDeclaration[];
}): Plan {
  const { objects, environment } = options;
  const groups = [
    ...podGroupsOfAddons(options.addons),
    ...podGroupsOf(objects),
  ];
  const priorities = prioritiesOf(objects);
  const planner = new Planner(
    environment,
    groups.filter(({ kind }) => kind === 'DaemonSet'),
  );
  const replicated = groups
    .filter(({ kind }) => kind !== 'DaemonSet')
    .sort(
      (a, b) =>
        priorities(b.spec.priorityClassName) -
        priorities(a.spec.priorityClassName),
    );

  const nodes = planner.begin();
  const unscheduled = [
    ...planner.daemonsWithoutRoom(nodes),
    ...replicated.flatMap(group => {
      const problem = planner.place(group, group.replicas, nodes);
      return problem ? [problem] : [];
    }),
  ];
  return {
    nodes,
    unscheduled,
    rollouts: replicated
      .filter(({ kind }) => kind === 'Deployment')
      .map(group => planner.update(group, nodes)),
  };
}

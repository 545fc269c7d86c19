import { podCpu, podMemory, type KubeNode, type KubePod } from '../../kube';
import type { GpuProfile } from '../../profiles/types';
import {
  formatCpu,
  formatGiB,
  GIB,
  parseCpu,
  parseMemory,
} from '../../quantities';
import { growth, profileNodes } from '../candidates';
import type { PreflightFacts } from '../facts';
import { block, notRead, pass, warn, type Check } from '../outcome';
import { otherPods } from '../ownPods';

interface Amount {
  cpu: number;
  memory: number;
}

function read(amounts: { cpu?: string; memory?: string } | undefined): Amount {
  return {
    cpu: parseCpu(amounts?.cpu) ?? 0,
    memory: parseMemory(amounts?.memory) ?? 0,
  };
}

function show({ cpu, memory }: Amount): string {
  return `${formatCpu(cpu)} CPU and ${formatGiB(memory / GIB)}`;
}

function fits(wanted: Amount, offered: Amount): boolean {
  return wanted.cpu <= offered.cpu && wanted.memory <= offered.memory;
}

function freeOn(node: KubeNode, pods: KubePod[]): Amount {
  const here = pods.filter(pod => pod.spec?.nodeName === node.metadata?.name);
  const offered = read(node.status?.allocatable);
  return {
    cpu: offered.cpu - here.reduce((sum, pod) => sum + podCpu(pod), 0),
    memory: offered.memory - here.reduce((sum, pod) => sum + podMemory(pod), 0),
  };
}

/** Replicas that find room one after the other, each on the first node that has it. */
function place(wanted: Amount, free: Amount[], replicas: number): number {
  const rest = free.map(amount => ({ ...amount }));
  let placed = 0;
  while (placed < replicas) {
    const node = rest.find(amount => fits(wanted, amount));
    if (!node) {
      break;
    }
    node.cpu -= wanted.cpu;
    node.memory -= wanted.memory;
    placed += 1;
  }
  return placed;
}

function checkRoom(facts: PreflightFacts, profile: GpuProfile, wanted: Amount) {
  const { all, usable } = profileNodes(facts, profile);
  const others = otherPods(facts);
  const { replicas } = facts.spec.spec;
  const free = usable.map(node => freeOn(node, others));
  const placed = place(wanted, free, replicas);
  if (placed >= replicas) {
    return pass(
      `${show(wanted)} are requested; a ${profile.instanceType} offers ${show(
        read(profile.allocatable),
      )} to pods, and there is room now.`,
    );
  }
  const grows = growth(profile, all) >= replicas - placed;
  return warn(
    `${placed} of ${replicas} replicas would find ${show(wanted)} free on the ${
      usable.length
    } ready ${profile.instanceType} nodes now; ${
      grows ? 'the node group can still grow' : 'the others would wait'
    }.`,
    grows
      ? 'Go on and wait for the new node.'
      : 'Lower the request, stop something on those nodes, or add a node to the group.',
  );
}

/** Incidents 11, 12 and 30. */
export const checkResources: Check = facts => {
  const { profile, spec } = facts;
  if (!profile) {
    return notRead('The profile');
  }
  const wanted = read(spec.spec.resources.requests);
  const offered = read(profile.allocatable);
  if (!fits(wanted, offered)) {
    return block(
      `${show(wanted)} are requested, and a ${
        profile.instanceType
      } offers ${show(offered)} to pods: no node could ever take it.`,
      `Request at most ${profile.allocatable.cpu} CPU and ${profile.allocatable.memory} of memory, leaving some for the node's own pods.`,
    );
  }
  return facts.nodes && facts.pods
    ? checkRoom(facts, profile, wanted)
    : notRead('Nodes and pods');
};

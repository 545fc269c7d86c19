import { computeGpuAllocation } from '../../allocation';
import {
  gpuAllocatable,
  matchesSelector,
  podGpus,
  type KubeNode,
  type KubePod,
} from '../../kube';
import type { GpuProfile } from '../../profiles/types';
import { growth, profileNodes } from '../candidates';
import type { PreflightFacts } from '../facts';
import { block, notRead, pass, warn, type Check } from '../outcome';
import { otherPods } from '../ownPods';

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function freeOn(node: KubeNode, pods: KubePod[]): number {
  const held = pods
    .filter(pod => pod.spec?.nodeName === node.metadata?.name)
    .reduce((sum, pod) => sum + podGpus(pod), 0);
  return Math.max(0, gpuAllocatable(node) - held);
}

/** GPUs that pods already wait for and will get first. */
function queuedFor(nodes: KubeNode[], pods: KubePod[]): number {
  return pods
    .filter(
      pod =>
        !pod.spec?.nodeName &&
        nodes.some(node => matchesSelector(node, pod.spec?.nodeSelector)),
    )
    .reduce((sum, pod) => sum + podGpus(pod), 0);
}

/** "quant/mistral", or only the team where the user may not see more. */
function heldBy(facts: PreflightFacts, nodes: KubeNode[]): string {
  const { byNode } = computeGpuAllocation({
    clusters: [
      {
        cluster: '',
        nodes,
        pods: otherPods(facts),
        namespaceTeams: facts.namespaceTeams,
      },
    ],
    viewerTeams: facts.viewerTeams,
  });
  const holders = byNode.flatMap(node =>
    node.holders.map(({ namespace, model, pod, team, gpus }) => {
      const name = namespace
        ? `${namespace}/${model ?? pod}`
        : `team ${team ?? 'unknown'}`;
      return `${name} (${gpus})`;
    }),
  );
  return holders.length > 0 ? ` Held by ${holders.join(', ')}.` : '';
}

function shortage(
  facts: PreflightFacts,
  profile: GpuProfile,
  perPod: number,
  missingPods: number,
  found: string,
) {
  const { all, tainted } = profileNodes(facts, profile);
  const spare = growth(profile, all);
  const podsPerNode = Math.floor((profile.gpu?.count ?? 0) / perPod);
  const held = heldBy(facts, all);
  if (tainted.length > 0) {
    const names = tainted.map(({ metadata }) => metadata?.name).join(', ');
    return block(
      `${found}, because profile ${profile.id} does not tolerate the taints of ${names}.`,
      'Add the toleration to the profile in the configuration.',
    );
  }
  if (podsPerNode * spare >= missingPods) {
    return warn(
      `${found}.${held} The node group can still add ${plural(
        spare,
        'node',
      )} (${profile.instanceType}), which takes some minutes.`,
      'Go on and wait for the node, or stop a model that is not needed.',
    );
  }
  if (all.length + spare === 0) {
    return block(
      `There is no ${profile.instanceType} node and its group may have ${profile.maxNodes}.`,
      'Choose another profile, or raise the maximum of the node group.',
    );
  }
  return warn(
    `${found}, and the node group has its maximum of ${plural(
      profile.maxNodes,
      'node',
    )}.${held} The pod would wait until one is given back.`,
    'Stop a model that is not needed, choose another profile, or raise the maximum of the node group.',
  );
}

export const checkGpus: Check = facts => {
  const { profile, spec, nodes, pods } = facts;
  if (!profile) {
    return notRead('The profile');
  }
  if (!profile.gpu) {
    return pass('The model runs on CPU: no GPU is needed.');
  }
  const perPod = spec.spec.engine.tensorParallelSize ?? 1;
  if (perPod > profile.gpu.count) {
    return block(
      `One replica asks for ${perPod} GPUs and a ${profile.instanceType} has ${profile.gpu.count}.`,
      `Set the tensor parallel size to ${profile.gpu.count} or choose a larger profile.`,
    );
  }
  if (!nodes || !pods) {
    return notRead('Nodes and pods');
  }
  const { usable } = profileNodes(facts, profile);
  const others = otherPods(facts);
  const wanted = spec.spec.replicas;
  const free = usable.reduce((sum, node) => sum + freeOn(node, others), 0);
  const queued = queuedFor(usable, others);
  const slots =
    usable.reduce(
      (sum, node) => sum + Math.floor(freeOn(node, others) / perPod),
      0,
    ) - Math.ceil(queued / perPod);
  const waiting = queued > 0 ? ` (and ${queued} are waited for)` : '';
  const found = `${free} of ${usable.reduce(
    (sum, node) => sum + gpuAllocatable(node),
    0,
  )} ${profile.gpu.product} are free${waiting}; ${wanted * perPod} are needed`;
  return slots >= wanted
    ? pass(`${found}.`)
    : shortage(facts, profile, perPod, wanted - Math.max(0, slots), found);
};

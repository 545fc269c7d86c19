import {
  gpuCapacity,
  isGpuNode,
  matchesSelector,
  podCpu,
  podGpus,
  podMemory,
  type KubeNode,
  type KubePod,
} from '../kube';
import {
  formatCpu,
  formatGiB,
  GIB,
  parseCpu,
  parseMemory,
} from '../quantities';
import {
  objectName,
  unscheduledPods,
  type DiagnosisFacts,
  type Rule,
} from './facts';
import { readSchedulerMessage } from './schedulerMessage';
import type { Diagnosis } from './types';

type Finding = Pick<Diagnosis, 'cause' | 'title' | 'explanation' | 'remedy'>;

function candidates(facts: DiagnosisFacts, pod: KubePod): KubeNode[] {
  return (facts.nodes ?? []).filter(node =>
    matchesSelector(node, pod.spec?.nodeSelector),
  );
}

function gpuFinding(facts: DiagnosisFacts, pod: KubePod): Finding {
  const nodes = candidates(facts, pod).filter(isGpuNode);
  const total = nodes.reduce((sum, node) => sum + gpuCapacity(node), 0);
  if (nodes.length > 0 && total === 0) {
    return {
      cause: 'gpu-not-advertised',
      title: 'The GPU node offers no GPU',
      explanation: `${nodes.length} GPU node(s) match, but none advertises nvidia.com/gpu: the driver or the device plugin is missing.`,
      remedy:
        'Use a GPU node image (AMI) and install the NVIDIA device plugin DaemonSet.',
    };
  }
  const has = facts.nodes ? ` The matching nodes have ${total}.` : '';
  return {
    cause: 'gpu-exhausted',
    title: 'No GPU is free',
    explanation: `The pod asks for ${podGpus(
      pod,
    )} GPU(s) and all that match are taken.${has}`,
    remedy:
      'Wait for another node if the node group can still grow, stop a model that is not needed, or choose another profile.',
  };
}

/** Requests that no matching node could ever meet, even empty (incident 11). */
function tooLarge(facts: DiagnosisFacts, pod: KubePod): string | undefined {
  const nodes = candidates(facts, pod);
  const cpus = nodes.map(node => parseCpu(node.status?.allocatable?.cpu) ?? 0);
  const memories = nodes.map(
    node => parseMemory(node.status?.allocatable?.memory) ?? 0,
  );
  if (nodes.length === 0) {
    return undefined;
  }
  const [cpu, memory] = [podCpu(pod), podMemory(pod)];
  const [mostCpu, mostMemory] = [Math.max(...cpus), Math.max(...memories)];
  const parts = [
    cpu > mostCpu
      ? `${formatCpu(cpu)} CPU where a node offers ${formatCpu(mostCpu)}`
      : undefined,
    memory > mostMemory
      ? `${formatGiB(memory / GIB)} of memory where a node offers ${formatGiB(
          mostMemory / GIB,
        )}`
      : undefined,
  ].filter(part => part !== undefined);
  return parts.length > 0 ? parts.join(' and ') : undefined;
}

function resourceFinding(
  facts: DiagnosisFacts,
  pod: KubePod,
  reasons: string[],
): Finding {
  const impossible = tooLarge(facts, pod);
  if (impossible) {
    return {
      cause: 'request-exceeds-node',
      title: 'The request is larger than any node',
      explanation: `The pod asks for ${impossible}: it can never be scheduled.`,
      remedy: 'Lower the request below what a node offers to pods.',
    };
  }
  const what = reasons.map(reason => reason.replace('Insufficient ', ''));
  return {
    cause: 'cpu-or-memory-exhausted',
    title: `Not enough ${what.join(' and ')} is free`,
    explanation: `The pod asks for ${formatCpu(
      podCpu(pod),
    )} CPU and ${formatGiB(
      podMemory(pod) / GIB,
    )} of memory; no matching node has that left.`,
    remedy:
      'Lower the request, stop something on those nodes, or add a node to the group.',
  };
}

function explain(
  facts: DiagnosisFacts,
  pod: KubePod,
  reasons: string[],
): Finding | undefined {
  const matching = (pattern: RegExp) =>
    reasons.filter(reason => pattern.test(reason));
  if (matching(/^Insufficient nvidia\.com\/gpu/).length > 0) {
    return gpuFinding(facts, pod);
  }
  const resources = matching(/^Insufficient (cpu|memory)/);
  if (resources.length > 0) {
    return resourceFinding(facts, pod, resources);
  }
  const taints = matching(/untolerated taint/).filter(
    reason => !/node\.kubernetes\.io\/(not-ready|unreachable)/.test(reason),
  );
  if (taints.length > 0 && podGpus(pod) > 0) {
    return {
      cause: 'taint-untolerated',
      title: 'The pod does not tolerate the GPU node',
      explanation: `The nodes that could run it are tainted: ${taints.join(
        ', ',
      )}.`,
      remedy:
        'Add a toleration for that taint to the pod (the GPU profile has one).',
    };
  }
  // Only when nothing else is in the way: other nodes rightly don't match a GPU profile's selector.
  if (
    reasons.length > 0 &&
    matching(/didn't match Pod's node affinity\/selector/).length ===
      reasons.length
  ) {
    return {
      cause: 'no-matching-node',
      title: 'No node of that kind exists',
      explanation: `No node has the labels ${JSON.stringify(
        pod.spec?.nodeSelector ?? {},
      )}.`,
      remedy:
        'Wait if the node group can grow from zero; else choose another profile or add nodes.',
    };
  }
  return undefined;
}

/** Incidents 9, 10, 11, 12 and 30. */
export const schedulingRules: Rule[] = [
  facts =>
    unscheduledPods(facts).flatMap(({ pod, message }): Diagnosis[] => {
      const verdict = readSchedulerMessage(message);
      const finding =
        verdict &&
        explain(
          facts,
          pod,
          verdict.reasons.map(({ reason }) => reason),
        );
      return finding
        ? [
            {
              ...finding,
              severity: 'error',
              phase: 'scheduled',
              evidence: [{ object: objectName('Pod', pod), text: message }],
            },
          ]
        : [];
    }),
];

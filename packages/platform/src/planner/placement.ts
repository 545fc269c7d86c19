import type {
  V1LabelSelector,
  V1NodeSelectorTerm,
  V1Toleration,
} from '@kubernetes/client-node';
import type { Taint } from '../declarations';
import type { PlannedNode } from './nodes';
import type { PodGroup } from './pods';
import { shortages, subtract } from './resources';

const AFFINITY = "didn't match Pod's node affinity/selector";

/** Why a pod can't have this node, in the scheduler's words; empty when it can. */
export function obstacles(
  pod: PodGroup,
  node: PlannedNode,
  nodes: PlannedNode[],
): string[] {
  const mismatch = nodeMismatch(pod, node);
  if (mismatch) {
    return [mismatch];
  }
  const short = shortages(pod.requests, subtract(node.allocatable, node.used));
  if (short.length > 0) {
    return short;
  }
  return [
    ...antiAffinityObstacles(pod, node, nodes),
    ...spreadObstacles(pod, node, nodes),
  ];
}

/** Why this node is not for such pods at all, however empty it is. */
export function nodeMismatch(
  { spec }: PodGroup,
  { labels, taints }: PlannedNode,
): string | undefined {
  const selected = Object.entries(spec.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  if (!selected || (terms && !terms.some(term => matchesTerm(term, labels)))) {
    return AFFINITY;
  }
  const taint = taints.find(
    candidate =>
      candidate.effect !== 'PreferNoSchedule' &&
      !(spec.tolerations ?? []).some(toleration =>
        tolerates(toleration, candidate),
      ),
  );
  return taint && `had untolerated taint {${taint.key}: ${taint.value}}`;
}

function tolerates(toleration: V1Toleration, taint: Taint): boolean {
  const { key = '', operator = 'Equal', value = '', effect = '' } = toleration;
  return (
    (effect === '' || effect === taint.effect) &&
    (key === '' ? operator === 'Exists' : key === taint.key) &&
    (operator === 'Exists' || value === taint.value)
  );
}

function matchesTerm(
  { matchExpressions = [], matchFields = [] }: V1NodeSelectorTerm,
  labels: Record<string, string>,
): boolean {
  return (
    matchFields.length === 0 &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return values.includes(value);
        case 'NotIn':
          return !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        case 'Gt':
          return Number(value) > Number(values[0]);
        default:
          return Number(value) < Number(values[0]);
      }
    })
  );
}

function antiAffinityObstacles(
  pod: PodGroup,
  node: PlannedNode,
  nodes: PlannedNode[],
): string[] {
  const terms =
    pod.spec.affinity?.podAntiAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.some(({ labelSelector, topologyKey }) =>
    countIn(pod, labelSelector, sameDomain(node, topologyKey, nodes)),
  )
    ? ["didn't match pod anti-affinity rules"]
    : [];
}

function spreadObstacles(
  pod: PodGroup,
  node: PlannedNode,
  nodes: PlannedNode[],
): string[] {
  const strict = (pod.spec.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
  );
  const possible = nodes.filter(
    candidate => nodeMismatch(pod, candidate) === undefined,
  );
  return strict.some(({ labelSelector, topologyKey, maxSkew }) => {
    const domains = new Set(possible.map(({ labels }) => labels[topologyKey]));
    const counts = [...domains].map(domain =>
      countIn(
        pod,
        labelSelector,
        possible.filter(({ labels }) => labels[topologyKey] === domain),
      ),
    );
    const here = countIn(
      pod,
      labelSelector,
      sameDomain(node, topologyKey, possible),
    );
    return here + 1 - Math.min(...counts) > maxSkew;
  })
    ? ["didn't match pod topology spread constraints"]
    : [];
}

function sameDomain(
  { labels }: PlannedNode,
  topologyKey: string,
  nodes: PlannedNode[],
): PlannedNode[] {
  return nodes.filter(
    other => other.labels[topologyKey] === labels[topologyKey],
  );
}

/** Pods of the same namespace with these labels. */
function countIn(
  { namespace }: PodGroup,
  selector: V1LabelSelector | undefined,
  nodes: PlannedNode[],
): number {
  return nodes
    .flatMap(({ pods }) => pods)
    .filter(
      other =>
        other.namespace === namespace &&
        Object.entries(selector?.matchLabels ?? {}).every(
          ([key, value]) => other.labels[key] === value,
        ),
    ).length;
}

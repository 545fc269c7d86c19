import { V1Pod, V1Toleration } from '@kubernetes/client-node';
import { parseQuantity } from '../containers/quantity';
import { GPU, NodeSpec } from './definitions';

type Taint = NodeSpec['taints'][number];

/** A pod's requests, all its containers together. @public */
export function podRequests(pod: V1Pod): Map<string, number> {
  const sum = new Map<string, number>();
  for (const container of pod.spec?.containers ?? []) {
    const { requests, limits } = container.resources ?? {};
    for (const [name, quantity] of Object.entries({ ...limits, ...requests })) {
      sum.set(name, (sum.get(name) ?? 0) + parseQuantity(quantity));
    }
  }
  return sum;
}

/** Whether a pod waits for a node because none there has room for it. @public */
export function isUnschedulable(pod: V1Pod): boolean {
  return (
    pod.status?.phase === 'Pending' &&
    !pod.spec?.nodeName &&
    !pod.metadata?.deletionTimestamp &&
    (pod.status.conditions ?? []).some(
      c =>
        c.type === 'PodScheduled' &&
        c.status === 'False' &&
        c.reason === 'Unschedulable',
    )
  );
}

/** Whether a GPU pod could run on an empty node of this kind. @public */
export function wouldFit(pod: V1Pod, node: NodeSpec): boolean {
  const requests = podRequests(pod);
  if ((requests.get(GPU) ?? 0) === 0) {
    return false;
  }
  for (const [name, amount] of requests) {
    if (amount > parseQuantity(node.allocatable[name] ?? '0')) {
      return false;
    }
  }
  const selector = Object.entries(pod.spec?.nodeSelector ?? {});
  return (
    selector.every(([key, value]) => node.labels[key] === value) &&
    matchesAffinity(pod, node) &&
    node.taints.every(taint => tolerates(pod.spec?.tolerations ?? [], taint))
  );
}

/** Whether a node runs nothing but what every node of its kind runs. @public */
export function isIdle(node: NodeSpec, pods: readonly V1Pod[]): boolean {
  return !pods.some(
    pod =>
      pod.spec?.nodeName === node.name &&
      pod.status?.phase !== 'Succeeded' &&
      pod.status?.phase !== 'Failed' &&
      !pod.metadata?.ownerReferences?.some(o => o.kind === 'DaemonSet'),
  );
}

function tolerates(tolerations: V1Toleration[], taint: Taint): boolean {
  return tolerations.some(
    t =>
      (!t.effect || t.effect === taint.effect) &&
      (!t.key
        ? t.operator === 'Exists'
        : t.key === taint.key &&
          (t.operator === 'Exists' || (t.value ?? '') === taint.value)),
  );
}

function matchesAffinity(pod: V1Pod, node: NodeSpec): boolean {
  const terms =
    pod.spec?.affinity?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) {
    return true;
  }
  return terms.some(term =>
    (term.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = node.labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        case 'Gt':
          return Number(value) > Number(values[0]);
        case 'Lt':
          return Number(value) < Number(values[0]);
        default:
          return false;
      }
    }),
  );
}

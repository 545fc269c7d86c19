import { matchesSelector, nodeState, type KubeNode } from '../kube';
import type { GpuProfile } from '../profiles/types';
import type { PreflightFacts } from './facts';

function tolerates(profile: GpuProfile, node: KubeNode): boolean {
  const taints = (node.spec?.taints ?? []).filter(
    ({ effect, key }) =>
      effect !== 'PreferNoSchedule' && !key.startsWith('node.kubernetes.io/'),
  );
  return taints.every(taint =>
    profile.tolerations.some(
      toleration =>
        toleration.key === taint.key &&
        (toleration.operator === 'Exists' ||
          toleration.value === taint.value) &&
        (toleration.effect === undefined || toleration.effect === taint.effect),
    ),
  );
}

/** Nodes of the profile: all, and those that take pods now. */
export function profileNodes(
  facts: PreflightFacts,
  profile: GpuProfile,
): { all: KubeNode[]; usable: KubeNode[]; tainted: KubeNode[] } {
  const all = (facts.nodes ?? []).filter(node =>
    matchesSelector(node, profile.nodeSelector),
  );
  const ready = all.filter(node => nodeState(node) === 'ready');
  return {
    all,
    usable: ready.filter(node => tolerates(profile, node)),
    tainted: ready.filter(node => !tolerates(profile, node)),
  };
}

/** Nodes that the group may still add. */
export function growth(profile: GpuProfile, live: KubeNode[]): number {
  return Math.max(0, profile.maxNodes - live.length);
}

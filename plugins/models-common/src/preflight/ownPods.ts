import { labels } from '../labels';
import { isFinished, type KubePod } from '../kube';
import type { PreflightFacts } from './facts';

function isOwn(pod: KubePod, { spec }: PreflightFacts): boolean {
  const { metadata } = pod;
  return (
    metadata?.namespace === spec.metadata.namespace &&
    metadata.labels?.[labels.model] === spec.metadata.name
  );
}

/** Pods of the model as it runs now: a Recreate update ends them before it starts new ones. */
export function ownPods(facts: PreflightFacts): KubePod[] {
  return (facts.pods ?? []).filter(
    pod => isOwn(pod, facts) && !isFinished(pod),
  );
}

/** All other pods that hold something. */
export function otherPods(facts: PreflightFacts): KubePod[] {
  return (facts.pods ?? []).filter(
    pod => !isOwn(pod, facts) && !isFinished(pod),
  );
}

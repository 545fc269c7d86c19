import { annotations, labels } from '../labels';
import { isoTime, podGpus, schedulerMessage, type KubePod } from '../kube';
import type { AllocationFacts } from './compute';
import type { GpuHolder } from './types';

/** Team of pods in namespaces that no team owns. */
export const NO_TEAM = 'no team';

/** A holder with what is needed to add it up, before anything is hidden. */
export interface Claim {
  holder: GpuHolder;
  team: string;
  model: string;
  nodeSelector?: Record<string, string>;
}

function withoutUndefined(holder: GpuHolder): GpuHolder {
  return Object.fromEntries(
    Object.entries(holder).filter(([, value]) => value !== undefined),
  ) as unknown as GpuHolder;
}

/** What one pod with GPUs claims. */
export function claimOf(pod: KubePod, facts: AllocationFacts): Claim {
  const { metadata, spec, status } = pod;
  const namespace = metadata?.namespace ?? '';
  const name = metadata?.name ?? '';
  const podLabels = metadata?.labels ?? {};
  const team = facts.namespaceTeams?.[namespace] ?? podLabels[labels.team];
  const model = podLabels[labels.model];
  const node = spec?.nodeName || undefined;
  const since = node
    ? status?.startTime ?? metadata?.creationTimestamp
    : metadata?.creationTimestamp;
  return {
    team: team ?? NO_TEAM,
    model: model ?? podLabels[labels.name] ?? name,
    nodeSelector: spec?.nodeSelector,
    holder: withoutUndefined({
      cluster: facts.cluster,
      namespace,
      pod: name,
      team,
      model,
      gpus: podGpus(pod),
      node,
      reason: node ? undefined : schedulerMessage(pod),
      since: isoTime(since) ?? '',
      simulated: metadata?.annotations?.[annotations.simulated],
    }),
  };
}

/** Leaves the team, the GPUs, the node and the time; nothing that names another team's work. */
export function hide(claim: Claim): Claim {
  const { cluster, team, gpus, node, since, simulated } = claim.holder;
  return {
    ...claim,
    model: '',
    holder: withoutUndefined({
      cluster,
      namespace: '',
      pod: '',
      team,
      gpus,
      node,
      since,
      simulated,
    }),
  };
}

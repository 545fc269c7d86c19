import { GPU_RESOURCE } from '../../labels';
import {
  podCpu,
  podGpus,
  podMemory,
  type KubeLimitRange,
  type KubePod,
  type KubeResourceQuota,
} from '../../kube';
import { parseCpu, parseMemory } from '../../quantities';
import { block, notRead, pass, type Check, type Outcome } from '../outcome';
import { ownPods } from '../ownPods';

type Amounts = Record<string, number>;

/** CPU counts in millicores, everything else in units. */
function read(resource: string, value: string | undefined): number | undefined {
  return /(^|\.)cpu$/.test(resource) ? parseCpu(value) : parseMemory(value);
}

/** What is asked of a namespace, for what is judged by its quotas and limits. */
export interface NamespaceDemand {
  namespace: string;
  replicas: number;
  resources: {
    requests: { cpu: string; memory: string };
    limits: { cpu: string; memory: string };
  };
  gpusPerReplica: number;
  /** Pods of it that run now and are replaced. */
  own: KubePod[];
  /** Of each kind, how many objects come on top. */
  services: number;
  claims: number;
  /** Size of each claim. */
  storage?: string;
}

/** What the namespace would use more than now, by the quota's resource names. */
function additional(demand: NamespaceDemand): Amounts {
  const { replicas, resources, own, claims } = demand;
  const sum = (amount: (pod: KubePod) => number) =>
    own.reduce((total, pod) => total + amount(pod), 0);
  const cpu = replicas * (parseCpu(resources.requests.cpu) ?? 0) - sum(podCpu);
  const memory =
    replicas * (parseMemory(resources.requests.memory) ?? 0) - sum(podMemory);
  // Limits of the running pods are those of the same spec: only new replicas add to them.
  const added = Math.max(0, replicas - own.length);
  return {
    cpu,
    'requests.cpu': cpu,
    memory,
    'requests.memory': memory,
    'limits.cpu': added * (parseCpu(resources.limits.cpu) ?? 0),
    'limits.memory': added * (parseMemory(resources.limits.memory) ?? 0),
    [`requests.${GPU_RESOURCE}`]:
      replicas * demand.gpusPerReplica - sum(podGpus),
    pods: added,
    persistentvolumeclaims: claims,
    'requests.storage': claims * (parseMemory(demand.storage) ?? 0),
    services: demand.services,
  };
}

function quotaProblems(
  demand: NamespaceDemand,
  quotas: KubeResourceQuota[],
): string[] {
  const more = additional(demand);
  return quotas.flatMap(({ metadata, spec, status }) => {
    const hard = status?.hard ?? spec?.hard ?? {};
    return Object.entries(hard).flatMap(([resource, limit]) => {
      const wanted = more[resource] ?? 0;
      const most = read(resource, limit);
      const used = read(resource, status?.used?.[resource]) ?? 0;
      return most !== undefined && wanted > 0 && used + wanted > most
        ? [
            `quota ${metadata?.name}: ${resource} is at ${
              status?.used?.[resource] ?? 0
            } of ${limit}, and this needs ${format(resource, wanted)} more`,
          ]
        : [];
    });
  });
}

function format(resource: string, amount: number): string {
  if (/cpu$/.test(resource)) {
    return `${amount / 1000}`;
  }
  return /memory|storage/.test(resource)
    ? `${(amount / 2 ** 30).toFixed(2)}Gi`
    : String(amount);
}

function limitProblems(
  { resources: { requests, limits } }: NamespaceDemand,
  limitRanges: KubeLimitRange[],
): string[] {
  const ranges = limitRanges.flatMap(({ spec }) =>
    (spec?.limits ?? []).filter(({ type }) => type !== 'PersistentVolumeClaim'),
  );
  const above = ranges.flatMap(({ type, max }) =>
    (['cpu', 'memory'] as const)
      .filter(
        resource =>
          (read(resource, limits[resource]) ?? 0) >
          (read(resource, max?.[resource]) ?? Infinity),
      )
      .map(
        resource =>
          `the limit of ${limits[resource]} ${resource} is above the ${type}'s maximum of ${max?.[resource]}`,
      ),
  );
  const below = ranges.flatMap(({ type, min }) =>
    (['cpu', 'memory'] as const)
      .filter(
        resource =>
          (read(resource, requests[resource]) ?? 0) <
          (read(resource, min?.[resource]) ?? 0),
      )
      .map(
        resource =>
          `the request of ${requests[resource]} ${resource} is below the ${type}'s minimum of ${min?.[resource]}`,
      ),
  );
  return [...above, ...below];
}

/** Judges a demand by the namespace's quotas and limits; `undefined` = not read. */
export function judgeDemand(
  demand: NamespaceDemand,
  facts: {
    quotas: KubeResourceQuota[] | undefined;
    limitRanges: KubeLimitRange[] | undefined;
    pods: KubePod[] | undefined;
  },
): Outcome {
  const { quotas, limitRanges, pods } = facts;
  if (!quotas || !limitRanges || !pods) {
    return notRead('Quotas and limits of the namespace');
  }
  const problems = [
    ...quotaProblems(demand, quotas),
    ...limitProblems(demand, limitRanges),
  ];
  if (problems.length > 0) {
    return block(
      `Refused in namespace ${demand.namespace}: ${problems.join('; ')}.`,
      'Lower requests or limits, stop something in the namespace, or ask a platform engineer to raise them.',
    );
  }
  return pass(
    quotas.length + limitRanges.length === 0
      ? `Namespace ${demand.namespace} has no quota and no limits.`
      : `Within ${[...quotas, ...limitRanges]
          .map(({ metadata }) => metadata?.name)
          .join(', ')}.`,
  );
}

export const checkQuota: Check = facts => {
  const { spec, metadata } = facts.spec;
  const hasKind = (kind: string) =>
    facts.existing?.some(object => object.kind === kind) ?? false;
  return judgeDemand(
    {
      namespace: metadata.namespace,
      replicas: spec.replicas,
      resources: spec.resources,
      gpusPerReplica: facts.profile?.gpu
        ? spec.engine.tensorParallelSize ?? 1
        : 0,
      own: ownPods(facts),
      services: hasKind('Service') ? 0 : 1,
      claims: hasKind('PersistentVolumeClaim') ? 0 : 1,
      storage: spec.storage.size,
    },
    { quotas: facts.quotas, limitRanges: facts.limitRanges, pods: facts.pods },
  );
};

import { GPU_RESOURCE } from '../../labels';
import { podCpu, podGpus, podMemory } from '../../kube';
import { parseCpu, parseMemory } from '../../quantities';
import type { PreflightFacts } from '../facts';
import { block, notRead, pass, type Check, type Outcome } from '../outcome';
import { ownPods } from '../ownPods';

type Amounts = Record<string, number>;

/** CPU counts in millicores, everything else in units. */
function read(resource: string, value: string | undefined): number | undefined {
  return /(^|\.)cpu$/.test(resource) ? parseCpu(value) : parseMemory(value);
}

/** What the namespace would use more than now, by the quota's resource names. */
function additional(facts: PreflightFacts): Amounts {
  const { replicas, resources, engine, storage } = facts.spec.spec;
  const own = ownPods(facts);
  const sum = (amount: (pod: (typeof own)[number]) => number) =>
    own.reduce((total, pod) => total + amount(pod), 0);
  const gpus = facts.profile?.gpu ? engine.tensorParallelSize ?? 1 : 0;
  const cpu = replicas * (parseCpu(resources.requests.cpu) ?? 0) - sum(podCpu);
  const memory =
    replicas * (parseMemory(resources.requests.memory) ?? 0) - sum(podMemory);
  const hasKind = (kind: string) =>
    facts.existing?.some(object => object.kind === kind) ?? false;
  const claims = hasKind('PersistentVolumeClaim') ? 0 : 1;
  // Limits of the running pods are those of the same spec: only new replicas add to them.
  const added = Math.max(0, replicas - own.length);
  return {
    cpu,
    'requests.cpu': cpu,
    memory,
    'requests.memory': memory,
    'limits.cpu': added * (parseCpu(resources.limits.cpu) ?? 0),
    'limits.memory': added * (parseMemory(resources.limits.memory) ?? 0),
    [`requests.${GPU_RESOURCE}`]: replicas * gpus - sum(podGpus),
    pods: added,
    persistentvolumeclaims: claims,
    'requests.storage': claims * (parseMemory(storage.size) ?? 0),
    services: hasKind('Service') ? 0 : 1,
  };
}

function quotaProblems(facts: PreflightFacts): string[] {
  const more = additional(facts);
  return (facts.quotas ?? []).flatMap(({ metadata, spec, status }) => {
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

function limitProblems(facts: PreflightFacts): string[] {
  const { requests, limits } = facts.spec.spec.resources;
  const ranges = (facts.limitRanges ?? []).flatMap(({ spec }) =>
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

export const checkQuota: Check = (facts): Outcome => {
  const { quotas, limitRanges, pods, spec } = facts;
  if (!quotas || !limitRanges || !pods) {
    return notRead('Quotas and limits of the namespace');
  }
  const problems = [...quotaProblems(facts), ...limitProblems(facts)];
  if (problems.length > 0) {
    return block(
      `Refused in namespace ${spec.metadata.namespace}: ${problems.join(
        '; ',
      )}.`,
      'Lower requests or limits, stop something in the namespace, or ask a platform engineer to raise them.',
    );
  }
  return pass(
    quotas.length + limitRanges.length === 0
      ? `Namespace ${spec.metadata.namespace} has no quota and no limits.`
      : `Within ${[...quotas, ...limitRanges]
          .map(({ metadata }) => metadata?.name)
          .join(', ')}.`,
  );
};

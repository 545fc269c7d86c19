import type {
  V1DaemonSet,
  V1Deployment,
  V1LabelSelector,
  V1Pod,
} from '@kubernetes/client-node';
import { ExpectedWorkload, expectedAddons, expectedServices } from './expected';
import { ClusterFacts, isOfPlatform } from './facts';
import { GoldenResult, GoldenStatus, rowsOf } from './result';

/** Each add-on runs wherever it should. */
export function judgeAddons(facts: ClusterFacts): GoldenResult[] {
  return judge('add-ons', expectedAddons, facts);
}

/**
 * Each service is there, wanted, and ready as often as it is wanted; and so is
 * what this installation has beside the expected, such as the portal.
 */
export function judgeServices(facts: ClusterFacts): GoldenResult[] {
  const known = [...expectedServices, ...expectedAddons];
  const others = facts.deployments
    .filter(isOfPlatform)
    .map(
      ({ metadata }): ExpectedWorkload => ({
        kind: 'Deployment',
        namespace: metadata?.namespace ?? '',
        name: metadata?.name ?? '',
      }),
    )
    .filter(
      ({ namespace, name }) =>
        !known.some(w => w.namespace === namespace && w.name === name),
    );
  return judge('services', [...expectedServices, ...others], facts);
}

function judge(
  group: string,
  expected: readonly ExpectedWorkload[],
  facts: ClusterFacts,
): GoldenResult[] {
  const row = rowsOf(group);
  return expected.map(workload => {
    const { status, detail } =
      workload.kind === 'Deployment'
        ? judgeDeployment(find(facts.deployments, workload), facts.pods)
        : judgeDaemonSet(find(facts.daemonSets, workload), facts.pods);
    return row(
      `${workload.kind} ${workload.namespace}/${workload.name}`,
      status,
      detail,
    );
  });
}

interface Verdict {
  status: GoldenStatus;
  detail: string;
}

function judgeDeployment(
  found: V1Deployment | undefined,
  pods: V1Pod[],
): Verdict {
  if (!found) {
    return failed('It is not there: apply the platform again');
  }
  const wanted = found.spec?.replicas ?? 1;
  const available = found.status?.availableReplicas ?? 0;
  if (wanted === 0) {
    return failed('It is scaled to zero: scale it up');
  }
  return available >= wanted
    ? { status: 'passed', detail: `${available} of ${wanted} ready` }
    : failed(
        `${available} of ${wanted} ready${why(
          found.spec?.selector,
          found,
          pods,
        )}`,
      );
}

function judgeDaemonSet(
  found: V1DaemonSet | undefined,
  pods: V1Pod[],
): Verdict {
  if (!found) {
    return failed('It is not there: apply the platform again');
  }
  const wanted = found.status?.desiredNumberScheduled ?? 0;
  const available = found.status?.numberAvailable ?? 0;
  if (wanted === 0) {
    return { status: 'skipped', detail: 'No node is one for it now' };
  }
  return available >= wanted
    ? { status: 'passed', detail: `on ${wanted} nodes` }
    : failed(
        `on ${available} of ${wanted} nodes${why(
          found.spec?.selector,
          found,
          pods,
        )}`,
      );
}

function failed(detail: string): Verdict {
  return { status: 'failed', detail };
}

/** The first thing that a pod of it says is wrong. */
function why(
  selector: V1LabelSelector | undefined,
  owner: V1Deployment | V1DaemonSet,
  pods: V1Pod[],
): string {
  const labels = Object.entries(selector?.matchLabels ?? {});
  for (const pod of pods) {
    const own =
      pod.metadata?.namespace === owner.metadata?.namespace &&
      labels.every(([key, value]) => pod.metadata?.labels?.[key] === value);
    const reason = own ? reasonOf(pod) : undefined;
    if (reason) {
      return `: ${pod.metadata?.name}: ${reason}`;
    }
  }
  return '';
}

function reasonOf(pod: V1Pod): string | undefined {
  const waiting = pod.status?.containerStatuses
    ?.map(status => status.state?.waiting)
    .find(state => state?.reason !== undefined);
  if (waiting) {
    return [waiting.reason, waiting.message].filter(Boolean).join(': ');
  }
  const unmet = pod.status?.conditions?.find(
    ({ status, message }) => status === 'False' && message !== undefined,
  );
  return unmet?.message;
}

function find<T extends { metadata?: { namespace?: string; name?: string } }>(
  items: T[],
  { namespace, name }: ExpectedWorkload,
): T | undefined {
  return items.find(
    ({ metadata }) =>
      metadata?.namespace === namespace && metadata?.name === name,
  );
}

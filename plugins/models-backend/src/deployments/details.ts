import { NotFoundError } from '@backstage/errors';
import {
  computeStartTimeline,
  diagnose,
  eventView,
  labels,
  podView,
  readStoredSpec,
  SERVICE_PORT,
  serviceInventory,
  type Diagnosis,
  type EventView,
  type KubeNode,
  type KubePod,
  type KubeStorageClass,
  type ModelDeploymentDetail,
  type ModelDeploymentFacts,
  type ModelDeploymentRef,
  type PodView,
  type TeamServiceDetail,
} from '@llm-platform/plugin-models-common';
import type { LogSnapshots } from '../logs';
import type { ClusterCache } from '../watch';
import { readOne } from './facts';
import { summarize, summarizeService } from './summaries';

/** Caps that keep the answer below 100 kB whatever the cluster holds. */
const MAX_PODS = 30;
const MAX_EVENTS = 40;
const MAX_TEXT = 1_000;

/** Diagnoses one deployment, with the lines of the pods that are not ready. */
export async function findingsOf(
  cluster: ClusterCache,
  facts: ModelDeploymentFacts,
  options: { logs: LogSnapshots },
): Promise<Diagnosis[]> {
  const logLines: Record<string, string[]> = {};
  await Promise.all(
    newestFirst(facts.pods)
      .filter(pod => !isReady(pod))
      .slice(0, 3)
      .map(async pod => {
        const lines = await options.logs.read(cluster, pod);
        if (lines && pod.metadata?.name) {
          logLines[pod.metadata.name] = lines;
        }
      }),
  );
  return diagnose({
    deployment: facts.deployment,
    deploymentMissing: facts.deploymentMissing,
    pods: facts.pods,
    events: facts.events,
    pvcs: facts.pvcs,
    nodes: facts.nodes,
    storageClasses: cluster.listIfKnown<KubeStorageClass>('storageclasses'),
    csiDrivers: cluster
      .listIfKnown('csidrivers')
      ?.map(driver => driver.metadata.name),
    logLines,
  });
}

/** All that a model's page shows. */
export async function readDetail(
  cluster: ClusterCache,
  ref: ModelDeploymentRef,
  options: { team: string | undefined; logs: LogSnapshots },
): Promise<ModelDeploymentDetail> {
  const facts = readOne(cluster, { ...ref, label: labels.model }, options);
  if (!facts) {
    throw new NotFoundError(
      `There is no model deployment '${ref.name}' in namespace '${ref.namespace}' on cluster '${ref.cluster}'`,
    );
  }
  const newest: KubePod | undefined = newestFirst(facts.pods)[0];
  const [logLines, findings] = await Promise.all([
    newest && options.logs.read(cluster, newest),
    findingsOf(cluster, facts, options),
  ]);
  const stored = facts.parent && readStoredSpec(facts.parent);
  const nodeName = newest?.spec?.nodeName;
  return {
    ...summarize(cluster, facts),
    spec: stored?.spec,
    revisions: revisionsOf(stored?.revisions),
    pods: podsOf(facts),
    events: eventsOf(facts),
    timeline: computeStartTimeline({
      pod: newest,
      pvc: facts.pvcs?.[0],
      node: nodeName ? cluster.get<KubeNode>('nodes', nodeName) : undefined,
      events: facts.events,
      logLines,
    }),
    findings,
    endpoint: {
      internal: `http://${ref.name}.${ref.namespace}.svc.cluster.local:${SERVICE_PORT}/v1`,
      ...(cluster.cluster.gatewayUrl && {
        gateway: `${cluster.cluster.gatewayUrl.replace(/\/$/, '')}/v1`,
      }),
    },
  };
}

/** All that a team service's entity shows. */
export async function readServiceDetail(
  cluster: ClusterCache,
  ref: ModelDeploymentRef,
  options: { team: string | undefined; logs: LogSnapshots },
): Promise<TeamServiceDetail> {
  const facts = readOne(cluster, { ...ref, label: labels.service }, options);
  if (!facts) {
    throw new NotFoundError(
      `There is no team service '${ref.name}' in namespace '${ref.namespace}' on cluster '${ref.cluster}'`,
    );
  }
  const summary = summarizeService(cluster, facts);
  const stored = facts.parent && serviceInventory.readStored(facts.parent);
  const { gatewayUrl } = cluster.cluster;
  return {
    ...summary,
    spec: stored?.spec,
    revisions: revisionsOf(stored?.revisions),
    pods: podsOf(facts),
    events: eventsOf(facts),
    findings: await findingsOf(cluster, facts, options),
    endpoint: {
      internal: `http://${ref.name}.${ref.namespace}.svc.cluster.local:${SERVICE_PORT}`,
      ...(gatewayUrl &&
        summary.route && {
          gateway: `${gatewayUrl.replace(/\/$/, '')}/api/${
            summary.route
          }/predict`,
        }),
    },
  };
}

function revisionsOf(
  revisions: Array<ModelDeploymentDetail['revisions'][number]> = [],
): ModelDeploymentDetail['revisions'] {
  return revisions.map(({ revision, appliedAt, appliedBy }) => ({
    revision,
    appliedAt,
    appliedBy,
  }));
}

function podsOf({ pods }: ModelDeploymentFacts): PodView[] {
  return newestFirst(pods)
    .slice(0, MAX_PODS)
    .map(pod => shorten(podView(pod)));
}

function eventsOf({ events = [] }: ModelDeploymentFacts): EventView[] {
  return events
    .map(event => shorten(eventView(event)))
    .sort((a, b) => b.lastSeen.localeCompare(a.lastSeen))
    .slice(0, MAX_EVENTS);
}

/** The pods of a deployment, the newest first. */
export function newestFirst(pods: KubePod[]): KubePod[] {
  const created = (pod: KubePod) =>
    String(pod.metadata?.creationTimestamp ?? '');
  return [...pods].sort((a, b) => created(b).localeCompare(created(a)));
}

function isReady(pod: KubePod): boolean {
  return (
    pod.status?.conditions?.some(
      condition => condition.type === 'Ready' && condition.status === 'True',
    ) ?? false
  );
}

/** Cuts the long texts that a cluster can hold anywhere in a view. */
function shorten<T>(view: T): T {
  return JSON.parse(JSON.stringify(view), (_key, value) =>
    typeof value === 'string' && value.length > MAX_TEXT
      ? `${value.slice(0, MAX_TEXT)}…`
      : value,
  );
}

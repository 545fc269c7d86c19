import {
  labels,
  summarizeModelDeployment,
  summarizeTeamService,
  type ModelDeploymentFacts,
  type ModelDeploymentSummary,
  type TeamServiceSummary,
} from '@llm-platform/plugin-models-common';
import type { Authorization, TeamAccess } from '../authorization';
import type { ClusterCache } from '../watch';
import { readFacts } from './facts';

/** What was last known is no statement about now once the cluster doesn't answer. */
function asOfNow<
  T extends { state: ModelDeploymentSummary['state']; reason?: string },
>(cluster: ClusterCache, summary: T): T {
  const { state, since } = cluster.status;
  if (state === 'synced') {
    return summary;
  }
  return {
    ...summary,
    state: 'Unknown',
    reason: `Cluster ${cluster.cluster.name} has not answered since ${since}; last known state: ${summary.state}`,
  };
}

/** One row of the models list. */
export function summarize(
  cluster: ClusterCache,
  facts: ModelDeploymentFacts,
): ModelDeploymentSummary {
  return asOfNow(
    cluster,
    summarizeModelDeployment({
      ...facts,
      ...(cluster.lastContact && { lastSeen: cluster.lastContact }),
    }),
  );
}

/** One row of the services. */
export function summarizeService(
  cluster: ClusterCache,
  facts: ModelDeploymentFacts,
): TeamServiceSummary {
  const { name = '', namespace = '' } = facts.deployment.metadata ?? {};
  const route = cluster
    .list('services', namespace)
    .map(({ metadata }) => metadata.labels)
    .find(of => of?.[labels.service] === name && of[labels.route])?.[
    labels.route
  ];
  return asOfNow(cluster, summarizeTeamService({ ...facts, route }));
}

interface ListOptions {
  authorization: Authorization;
  access: Pick<TeamAccess, 'covers'>;
  /** Only of this team. */
  team?: string;
}

function visible(cluster: ClusterCache, label: string, options: ListOptions) {
  return readFacts(cluster, {
    label,
    namespaceTeams: options.authorization.namespaceTeams(cluster),
    isVisible: team =>
      options.access.covers(team) &&
      (options.team === undefined || options.team === team),
  });
}

/** Facts of the model deployments that the person may see. */
export function listModelFacts(
  clusters: ClusterCache[],
  options: ListOptions,
): Array<{ cluster: ClusterCache; facts: ModelDeploymentFacts }> {
  return clusters.flatMap(cluster =>
    visible(cluster, labels.model, options).map(facts => ({ cluster, facts })),
  );
}

/** The model deployments that the person may see, by team and name. */
export function listModels(
  clusters: ClusterCache[],
  options: ListOptions,
): ModelDeploymentSummary[] {
  return listModelFacts(clusters, options)
    .map(({ cluster, facts }) => summarize(cluster, facts))
    .sort(byTeamAndName);
}

/** The teams' own services that the person may see, by team and name. */
export function listServices(
  clusters: ClusterCache[],
  options: ListOptions,
): TeamServiceSummary[] {
  return clusters
    .flatMap(cluster =>
      visible(cluster, labels.service, options).map(facts =>
        summarizeService(cluster, facts),
      ),
    )
    .sort(byTeamAndName);
}

function byTeamAndName(
  a: { team: string; name: string; cluster: string },
  b: { team: string; name: string; cluster: string },
): number {
  return (
    a.team.localeCompare(b.team) ||
    a.name.localeCompare(b.name) ||
    a.cluster.localeCompare(b.cluster)
  );
}

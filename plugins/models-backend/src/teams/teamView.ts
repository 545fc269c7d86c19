import type { TeamView } from '@llm-platform/plugin-models-common';
import type { Authorization } from '../authorization';
import { listModelFacts, listModels, listServices } from '../deployments';
import { readAllocation } from '../gpus';
import type { LogSnapshots } from '../logs';
import { collectAttention } from '../overview';
import type { WatchCache } from '../watch';

/** What a team's page shows. The caller has checked that the person may see the team. */
export async function readTeam(
  team: string,
  options: {
    cache: WatchCache;
    authorization: Authorization;
    logs: LogSnapshots;
  },
): Promise<TeamView> {
  const { cache, authorization, logs } = options;
  const { version } = cache;
  const clusters = cache.getReadClusters();
  const scope = {
    authorization,
    access: { covers: (owner: string | undefined) => owner === team },
  };
  const held = readAllocation(clusters, {
    authorization,
    viewerTeams: [team],
  }).byTeam.find(entry => entry.team === team);
  return {
    team,
    namespaces: clusters.flatMap(cluster =>
      Object.entries(authorization.namespaceTeams(cluster))
        .filter(([, owner]) => owner === team)
        .map(([name]) => ({ cluster: cluster.cluster.name, name })),
    ),
    services: listServices(clusters, scope),
    models: listModels(clusters, scope),
    gpus: { allocated: held?.allocated ?? 0, pending: held?.pending ?? 0 },
    attention: await collectAttention(listModelFacts(clusters, scope), {
      statuses: cache.getStatuses(),
      logs,
    }),
    errors: cache.getErrors(),
    version,
  };
}

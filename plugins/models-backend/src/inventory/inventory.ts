import type { ClusterInventory } from '@llm-platform/plugin-models-node';
import type { Authorization } from '../authorization';
import { listModels, listServices } from '../deployments';
import type { WatchCache } from '../watch';

/** What the catalog makes entities of. Only what belongs to a team: an entity needs an owner. */
export function readInventory(options: {
  cache: WatchCache;
  authorization: Authorization;
}): ClusterInventory[] {
  const { cache, authorization } = options;
  const access = { covers: (team: string | undefined) => team !== undefined };
  return cache.getClusters().map(cluster => {
    if (!cluster.hasBeenRead) {
      return { cluster: cluster.cluster.name, isRead: false, items: [] };
    }
    const scope = { authorization, access };
    return {
      cluster: cluster.cluster.name,
      isRead: true,
      items: [
        ...listModels([cluster], scope).map(
          ({ namespace, name, team, route, modelId }) => ({
            type: 'model-deployment' as const,
            namespace,
            name,
            team,
            route,
            modelId,
          }),
        ),
        ...listServices([cluster], scope).map(
          ({ namespace, name, team, route, repository }) => ({
            type: 'team-service' as const,
            namespace,
            name,
            team,
            route,
            repository,
          }),
        ),
      ],
    };
  });
}

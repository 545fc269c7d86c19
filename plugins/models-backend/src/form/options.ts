import type { FormOptions } from '@llm-platform/plugin-models-common';
import type { Authorization, TeamAccess } from '../authorization';
import type { ModelsConfig } from '../config';
import type { WatchCache } from '../watch';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Choices of the form, for what the person may create. */
export function readFormOptions(options: {
  cache: WatchCache;
  authorization: Authorization;
  access: TeamAccess;
  config: ModelsConfig;
}): FormOptions {
  const { cache, authorization, access, config } = options;
  const clusters = cache.getReadClusters();
  return {
    clusters: cache.getStatuses(),
    namespaces: clusters.flatMap(cluster =>
      Object.entries(authorization.namespaceTeams(cluster))
        .filter(([, team]) => access.covers(team))
        .map(([name, team]) => ({ cluster: cluster.cluster.name, name, team }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    ),
    profiles: config.profiles,
    presets: config.presets,
    storageClasses: clusters.flatMap(cluster =>
      cluster.list('storageclasses').map(({ metadata }) => ({
        cluster: cluster.cluster.name,
        name: metadata.name,
        isDefault: metadata.annotations?.[DEFAULT_CLASS] === 'true',
      })),
    ),
  };
}

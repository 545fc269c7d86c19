import {
  podView,
  type KubePod,
  type PlatformOverview,
} from '@llm-platform/plugin-models-common';
import type { Authorization, TeamAccess } from '../authorization';
import { listModelFacts, summarize } from '../deployments';
import { readAllocation } from '../gpus';
import type { LogSnapshots } from '../logs';
import type { WatchCache } from '../watch';
import { collectAttention } from './attention';

/** All but what is not read from the clusters. */
export async function readOverview(options: {
  cache: WatchCache;
  authorization: Authorization;
  access: TeamAccess;
  logs: LogSnapshots;
}): Promise<
  Pick<PlatformOverview, 'models' | 'pods' | 'gpus' | 'attention' | 'version'>
> {
  const { cache, authorization, access, logs } = options;
  const { version } = cache;
  const clusters = cache.getReadClusters();
  const facts = listModelFacts(clusters, { authorization, access });
  const models: PlatformOverview['models'] = {
    ready: 0,
    starting: 0,
    waiting: 0,
    degraded: 0,
    failing: 0,
    stopped: 0,
    unknown: 0,
  };
  for (const { cluster, facts: model } of facts) {
    const { state } = summarize(cluster, model);
    models[state.toLowerCase() as keyof typeof models] += 1;
  }
  return {
    models,
    pods: countPods(options),
    gpus: readAllocation(clusters, {
      authorization,
      viewerTeams: authorization.viewerTeams(access),
    }).total,
    attention: await collectAttention(facts, {
      statuses: cache.getStatuses(),
      logs,
    }),
    version,
  };
}

function countPods(options: {
  cache: WatchCache;
  authorization: Authorization;
  access: TeamAccess;
}): PlatformOverview['pods'] {
  const counts = { running: 0, pending: 0, failing: 0 };
  for (const cluster of options.cache.getReadClusters()) {
    const teams = options.authorization.namespaceTeams(cluster);
    for (const pod of cluster.list<KubePod>('pods')) {
      const team = teams[pod.metadata?.namespace ?? ''];
      if (team === undefined || !options.access.covers(team)) {
        continue;
      }
      if (pod.status?.phase === 'Succeeded') {
        continue;
      }
      if (podView(pod).state === 'Failing') {
        counts.failing += 1;
      } else if (pod.status?.phase === 'Running') {
        counts.running += 1;
      } else {
        counts.pending += 1;
      }
    }
  }
  return counts;
}

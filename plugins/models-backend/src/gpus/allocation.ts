import {
  computeGpuAllocation,
  type GpuAllocation,
  type KubeNode,
  type KubePod,
} from '@llm-platform/plugin-models-common';
import type { Authorization } from '../authorization';
import type { ClusterCache } from '../watch';

/** Who holds which GPU. Counts are of the whole platform; only the viewer's teams are named. */
export function readAllocation(
  clusters: ClusterCache[],
  options: {
    authorization: Authorization;
    viewerTeams: string[] | undefined;
  },
): GpuAllocation {
  return computeGpuAllocation({
    clusters: clusters.map(cluster => ({
      cluster: cluster.cluster.name,
      nodes: cluster.list<KubeNode>('nodes'),
      pods: cluster.list<KubePod>('pods'),
      namespaceTeams: options.authorization.namespaceTeams(cluster),
    })),
    viewerTeams: options.viewerTeams,
  });
}

import { annotations } from '../labels';
import {
  gpuAllocatable,
  gpuCapacity,
  gpuProduct,
  instanceType,
  isFinished,
  isGpuNode,
  matchesSelector,
  nodePool,
  nodeState,
  podGpus,
  type KubeNode,
  type KubePod,
} from '../kube';
import { claimOf, hide, type Claim } from './holders';
import { addCounts, noCounts, sumBy } from './sums';
import type { GpuAllocation, GpuNode } from './types';

/** Facts of one cluster. @public */
export interface AllocationFacts {
  cluster: string;
  nodes: KubeNode[];
  pods: KubePod[];
  /** Team by namespace (label of the Namespace); a pod's own team label is the fallback. */
  namespaceTeams?: Record<string, string>;
}

const UNKNOWN_PRODUCT = 'unknown';

function gpuNode(cluster: string, node: KubeNode, claims: Claim[]): GpuNode {
  const name = node.metadata?.name ?? '';
  const holders = claims
    .map(claim => claim.holder)
    .filter(holder => holder.cluster === cluster && holder.node === name);
  const allocated = holders.reduce((sum, { gpus }) => sum + gpus, 0);
  const state = nodeState(node);
  const optional = {
    pool: nodePool(node),
    product: gpuProduct(node),
    instanceType: instanceType(node),
    simulated: node.metadata?.annotations?.[annotations.simulated],
  };
  return {
    cluster,
    name,
    ...Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ),
    state,
    counts: {
      capacity: gpuCapacity(node),
      allocated,
      pending: 0,
      free:
        state === 'ready' ? Math.max(0, gpuAllocatable(node) - allocated) : 0,
    },
    holders,
  };
}

/** GPU model that a pending pod waits for, as far as its node selector tells. */
function wantedProduct(claim: Claim, clusters: AllocationFacts[]): string {
  const nodes =
    clusters.find(({ cluster }) => cluster === claim.holder.cluster)?.nodes ??
    [];
  const match = nodes.find(
    node => isGpuNode(node) && matchesSelector(node, claim.nodeSelector),
  );
  return (match && gpuProduct(match)) ?? UNKNOWN_PRODUCT;
}

function byProduct(
  nodes: GpuNode[],
  pending: Claim[],
  clusters: AllocationFacts[],
): GpuAllocation['byProduct'] {
  const counts = new Map<string, GpuNode['counts']>();
  const add = (product: string, more: Partial<GpuNode['counts']>) =>
    counts.set(product, addCounts(counts.get(product) ?? noCounts(), more));
  nodes.forEach(node => add(node.product ?? UNKNOWN_PRODUCT, node.counts));
  pending.forEach(claim =>
    add(wantedProduct(claim, clusters), { pending: claim.holder.gpus }),
  );
  return [...counts]
    .map(([product, of]) => ({ product, counts: of }))
    .sort((a, b) => a.product.localeCompare(b.product));
}

/**
 * Who holds which GPU. Counts are always those of the whole clusters; names of pods and models of
 * teams that the viewer may not see are left out.
 *
 * @public
 */
export function computeGpuAllocation(input: {
  clusters: AllocationFacts[];
  /** Teams whose pods may be named; undefined = all. */
  viewerTeams?: string[];
}): GpuAllocation {
  const { clusters, viewerTeams } = input;
  const claims = clusters
    .flatMap(facts =>
      facts.pods
        .filter(pod => !isFinished(pod) && podGpus(pod) > 0)
        .map(pod => claimOf(pod, facts)),
    )
    .map(claim =>
      viewerTeams === undefined || viewerTeams.includes(claim.team)
        ? claim
        : hide(claim),
    );
  const pending = claims.filter(({ holder }) => holder.node === undefined);
  const byNode = clusters
    .flatMap(({ cluster, nodes }) =>
      nodes.filter(isGpuNode).map(node => gpuNode(cluster, node, claims)),
    )
    .sort(
      (a, b) =>
        a.cluster.localeCompare(b.cluster) || a.name.localeCompare(b.name),
    );
  const gpus = (list: Claim[]) =>
    list.reduce((sum, { holder }) => sum + holder.gpus, 0);
  return {
    total: {
      ...byNode.reduce((sum, { counts }) => addCounts(sum, counts), noCounts()),
      allocated: gpus(claims) - gpus(pending),
      pending: gpus(pending),
    },
    byNode,
    byProduct: byProduct(byNode, pending, clusters),
    byTeam: sumBy(claims, ({ team }) => team).map(({ first, ...sums }) => ({
      team: first.team,
      ...sums,
    })),
    byModel: sumBy(claims, ({ team, model }) => `${team}/${model}`).map(
      ({ first, ...sums }) => ({
        ...(first.holder.team === undefined ? {} : { team: first.holder.team }),
        model: first.model,
        ...sums,
      }),
    ),
    pending: pending.map(({ holder }) => holder),
  };
}

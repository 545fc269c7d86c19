import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  DEFAULT_NAMESPACE,
  type Entity,
} from '@backstage/catalog-model';
import type {
  ClusterInventory,
  InventoryItem,
} from '@llm-platform/plugin-models-node';
import { createHash } from 'node:crypto';

const MAX_NAME = 63;

/**
 * The entities of one cluster. A name is `<namespace>-<name>`; where a cluster before it in the configuration has the
 * same, the cluster's name comes in front.
 */
export function toEntities(
  inventory: ClusterInventory,
  options: { before: ClusterInventory[] },
): Entity[] {
  const taken = new Set(
    options.before.flatMap(({ items }) => items.map(shortName)),
  );
  return inventory.items.map(item =>
    toEntity(
      item,
      inventory.cluster,
      fit(
        taken.has(shortName(item))
          ? `${inventory.cluster}-${shortName(item)}`
          : shortName(item),
      ),
    ),
  );
}

/** The catalog's limit is below what a namespace and a name can have together. */
function fit(name: string): string {
  if (name.length <= MAX_NAME) {
    return name;
  }
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, MAX_NAME - hash.length - 1)}-${hash}`;
}

function shortName(item: InventoryItem): string {
  return `${item.namespace}-${item.name}`;
}

function toEntity(item: InventoryItem, cluster: string, name: string): Entity {
  const location = `llm-platform:${cluster}/${item.namespace}/${item.name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: DEFAULT_NAMESPACE,
      name,
      title: item.name,
      description:
        item.type === 'model-deployment'
          ? `${item.modelId ?? 'Model'} served on ${cluster}`
          : `Service of team ${item.team} on ${cluster}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        'llm-platform.dev/cluster': cluster,
        'llm-platform.dev/namespace': item.namespace,
        'llm-platform.dev/name': item.name,
        ...(item.route && { 'llm-platform.dev/route': item.route }),
        // A repository on this machine is no page to link to.
        ...(item.repository?.startsWith('https://') && {
          [ANNOTATION_SOURCE_LOCATION]: `url:${item.repository}`,
        }),
        'backstage.io/kubernetes-id': item.name,
        'backstage.io/kubernetes-namespace': item.namespace,
        'backstage.io/kubernetes-cluster': cluster,
      },
    },
    spec: {
      type: item.type,
      lifecycle: 'production',
      owner: `group:default/${item.team}`,
    },
  };
}

/**
 * Topic of the events service: something changed on a cluster. Payload `{ version }`, at most once a second.
 *
 * @public
 */
export const MODELS_CHANGED_TOPIC = 'llm-platform.models.changed';

/** Something found in a cluster that is an entity of the catalog. @public */
export interface InventoryItem {
  type: 'model-deployment' | 'team-service';
  namespace: string;
  name: string;
  team: string;
  /** Name at the gateway. */
  route?: string;
  /** Hugging Face id, of a model. */
  modelId?: string;
  /** URL of the source, of a service. */
  repository?: string;
}

/** What was found in one cluster. @public */
export interface ClusterInventory {
  cluster: string;
  /** False until the cluster has been read: then nothing is known, not even that there is nothing. */
  isRead: boolean;
  items: InventoryItem[];
}

/** Answer of `GET /v1/internal/inventory` of the models plugin, for services only. @public */
export interface Inventory {
  clusters: ClusterInventory[];
}

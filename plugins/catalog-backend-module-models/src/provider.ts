import { LoggerService } from '@backstage/backend-plugin-api';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { Inventory } from '@llm-platform/plugin-models-node';
import { createHash } from 'node:crypto';
import { toEntities } from './entities';

/**
 * Entities of the models and services of one cluster. One provider per cluster, so that a cluster that cannot be read
 * keeps its entities while those of the others follow.
 */
export class ModelsEntityProvider implements EntityProvider {
  readonly #cluster: string;
  readonly #logger: LoggerService;
  #connection: EntityProviderConnection | undefined;
  #applied: string | undefined;

  static create(options: {
    cluster: string;
    logger: LoggerService;
  }): ModelsEntityProvider {
    return new ModelsEntityProvider(options.cluster, options.logger);
  }

  private constructor(cluster: string, logger: LoggerService) {
    this.#cluster = cluster;
    this.#logger = logger;
  }

  getProviderName(): string {
    return `llm-platform:${this.#cluster}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** Does nothing for a cluster that has not been read, and when nothing has changed. */
  async update(inventory: Inventory): Promise<void> {
    const index = inventory.clusters.findIndex(
      ({ cluster }) => cluster === this.#cluster,
    );
    const found = inventory.clusters[index];
    if (!this.#connection || !found?.isRead) {
      return;
    }
    const entities = toEntities(found, {
      before: inventory.clusters.slice(0, index),
    });
    const fingerprint = createHash('sha256')
      .update(JSON.stringify(entities))
      .digest('hex');
    if (fingerprint === this.#applied) {
      return;
    }
    await this.#connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: this.getProviderName(),
      })),
    });
    this.#applied = fingerprint;
    this.#logger.info(
      `Cluster ${this.#cluster}: ${
        entities.length
      } models and services in the catalog`,
    );
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { mergeKeys } from './mergeKeys';
import type { SigningKeys } from './SigningKeys';
import type { SigningKeyStore } from './types';

const CONFLICT_ATTEMPTS = 4;

/** Keeps the public keys of this portal in each cluster's ConfigMap. */
export class KeyPublisher {
  readonly #keys: SigningKeys;
  readonly #stores: () => SigningKeyStore[];
  readonly #logger: LoggerService;
  /** Last outcome per cluster, so that a cluster that is down is reported once and not every round. */
  readonly #failing = new Map<string, string>();
  readonly #published = new Set<string>();

  static create(options: {
    keys: SigningKeys;
    stores: () => SigningKeyStore[];
    logger: LoggerService;
  }): KeyPublisher {
    return new KeyPublisher(options);
  }

  private constructor(options: {
    keys: SigningKeys;
    stores: () => SigningKeyStore[];
    logger: LoggerService;
  }) {
    this.#keys = options.keys;
    this.#stores = options.stores;
    this.#logger = options.logger;
  }

  /** True once the keys were seen in the cluster. */
  isPublished(cluster: string): boolean {
    return this.#published.has(cluster);
  }

  /** Brings every cluster up to date. Never rejects: a cluster that can't be reached is tried again next round. */
  async publishAll(): Promise<void> {
    await Promise.all(this.#stores().map(store => this.publish(store.cluster)));
  }

  /** Brings one cluster up to date; says whether that worked. */
  async publish(cluster: string): Promise<boolean> {
    const store = this.#stores().find(other => other.cluster === cluster);
    if (!store) {
      return false;
    }
    try {
      await this.#write(store);
      this.#published.add(cluster);
      if (this.#failing.delete(cluster)) {
        this.#logger.info(`Signing keys published to cluster ${cluster} again`);
      }
      return true;
    } catch (caught) {
      const { message } = toError(caught);
      if (this.#failing.get(cluster) !== message) {
        this.#failing.set(cluster, message);
        this.#logger.warn(
          `Cannot publish the signing keys to cluster ${cluster}, will try again: ${message}`,
        );
      }
      return false;
    }
  }

  async #write(store: SigningKeyStore): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const stored = await store.read();
      const data = mergeKeys({
        stored: stored?.data,
        own: await this.#keys.published(),
        now: Date.now(),
      });
      if (!data) {
        return;
      }
      try {
        await store.write({ data, resourceVersion: stored?.resourceVersion });
        return;
      } catch (caught) {
        // Another replica wrote in between: read again and add ours to theirs
        if (
          toError(caught).name !== 'ConflictError' ||
          attempt === CONFLICT_ATTEMPTS
        ) {
          throw caught;
        }
      }
    }
  }
}

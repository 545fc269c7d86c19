import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterError,
  ClusterStatus,
} from '@llm-platform/plugin-models-common';
import type { ClusterRegistry } from '@llm-platform/plugin-models-node';
import { ClusterCache } from './clusterCache';

/** All clusters as they are now, and a version that grows with every change. */
export class WatchCache {
  readonly #clusters = new Map<string, ClusterCache>();
  readonly #listeners = new Set<(version: number) => void>();
  readonly #stop = new AbortController();
  /** Begins with the time, so that a browser that knows a version of before a restart still sees a newer one. */
  #version = Date.now();

  static create(options: {
    registry: ClusterRegistry;
    logger: LoggerService;
  }): WatchCache {
    return new WatchCache(options.registry, options.logger);
  }

  private constructor(registry: ClusterRegistry, logger: LoggerService) {
    for (const cluster of registry.getClusters()) {
      this.#clusters.set(
        cluster.name,
        ClusterCache.create({ cluster, logger, onChange: () => this.#bump() }),
      );
    }
  }

  get version(): number {
    return this.#version;
  }

  start(): void {
    for (const cluster of this.#clusters.values()) {
      // Never rejects: everything that can fail is a state of the cluster.
      void cluster.run(this.#stop.signal);
    }
  }

  stop(): void {
    this.#stop.abort(new Error('stopped'));
    this.#listeners.clear();
  }

  /** Calls back on every change until the returned function is called. */
  subscribe(listener: (version: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  getClusters(): ClusterCache[] {
    return [...this.#clusters.values()];
  }

  /** The clusters whose state is known, even if by now it's old. */
  getReadClusters(): ClusterCache[] {
    return this.getClusters().filter(cluster => cluster.hasBeenRead);
  }

  /** A cluster that has been read; throws when there is none of that name or it has not been read yet. */
  getCluster(name: string): ClusterCache {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new NotFoundError(`There is no cluster named '${name}'`);
    }
    if (!cluster.hasBeenRead) {
      const { message } = cluster.status;
      throw new ServiceUnavailableError(
        `Cluster '${name}' has not been read yet${
          message ? `: ${message}` : ''
        }`,
      );
    }
    return cluster;
  }

  getStatuses(): ClusterStatus[] {
    return this.getClusters().map(cluster => cluster.status);
  }

  /** What to show beside a list: the clusters it may be old or incomplete for. */
  getErrors(): ClusterError[] {
    return this.getStatuses().flatMap(({ name, state, message, since }) =>
      state === 'synced'
        ? []
        : [
            {
              cluster: name,
              state,
              message: message ?? `The cluster is ${state}`,
              since,
            },
          ],
    );
  }

  #bump(): void {
    this.#version += 1;
    for (const listener of this.#listeners) {
      listener(this.#version);
    }
  }
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ClusterStatus } from '@llm-platform/plugin-models-common';
import {
  KubernetesApiError,
  KubernetesClient,
  type PlatformCluster,
} from '@llm-platform/plugin-models-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { Reflector, type ReflectorHealth } from './reflector';
import {
  watchedResources,
  type RawObject,
  type WatchedPlural,
} from './resources';
import { ObjectStore } from './store';

const PROBE_INTERVAL_MS = 10_000;
const PROBE_TIMEOUT_MS = 5_000;

export interface ClusterCacheOptions {
  cluster: PlatformCluster;
  logger: LoggerService;
  onChange(): void;
}

/**
 * What one cluster looks like now, kept by watches. Whatever was read last stays readable while the cluster does not
 * answer; the status says since when.
 */
export class ClusterCache {
  readonly cluster: PlatformCluster;
  readonly client: KubernetesClient;
  readonly #logger: LoggerService;
  readonly #onChange: () => void;
  readonly #stores = new Map<string, ObjectStore>();
  readonly #health = new Map<string, ReflectorHealth>();
  readonly #reflectors: Reflector[] = [];
  #probeFailure: string | undefined;
  #synced = false;
  #status: Pick<ClusterStatus, 'state' | 'message' | 'since'> = {
    state: 'starting',
    since: new Date().toISOString(),
  };
  #lastContact: string | undefined;

  static create(options: ClusterCacheOptions): ClusterCache {
    return new ClusterCache(options);
  }

  private constructor(options: ClusterCacheOptions) {
    this.cluster = options.cluster;
    this.client = KubernetesClient.create({ cluster: options.cluster });
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    for (const resource of watchedResources) {
      const store = new ObjectStore();
      this.#stores.set(resource.plural, store);
      this.#health.set(resource.plural, { state: 'pending' });
      this.#reflectors.push(
        Reflector.create({
          client: this.client,
          resource,
          store,
          onChange: () => {
            this.#lastContact = new Date().toISOString();
            this.#onChange();
          },
          onHealth: health => {
            this.#health.set(resource.plural, health);
            this.#updateStatus();
          },
        }),
      );
    }
  }

  get status(): ClusterStatus {
    const { name, title, readOnly, embedded } = this.cluster;
    return { name, title, readOnly, embedded, ...this.#status };
  }

  /** Whether everything that is needed has been read at least once. */
  get hasBeenRead(): boolean {
    return this.#synced;
  }

  /** ISO time of the last sign of life. */
  get lastContact(): string | undefined {
    return this.#lastContact;
  }

  list<T = RawObject>(plural: WatchedPlural, namespace?: string): T[] {
    return this.#store(plural).list(namespace) as T[];
  }

  get<T = RawObject>(
    plural: WatchedPlural,
    name: string,
    namespace?: string,
  ): T | undefined {
    return this.#store(plural).get(name, namespace) as T | undefined;
  }

  /** Like `list`, but `undefined` where the type cannot be read: unknown is not the same as none. */
  listIfKnown<T = RawObject>(
    plural: WatchedPlural,
    namespace?: string,
  ): T[] | undefined {
    return this.#health.get(plural)?.state === 'synced'
      ? this.list<T>(plural, namespace)
      : undefined;
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      ...this.#reflectors.map(reflector => reflector.run(signal)),
      this.#probe(signal),
    ]);
  }

  #store(plural: WatchedPlural): ObjectStore {
    return this.#stores.get(plural)!;
  }

  /** A stopped process or a lost route ends no connection: only a request that isn't answered shows it. */
  async #probe(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(PROBE_INTERVAL_MS, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
      if (signal.aborted || !this.#synced) {
        continue;
      }
      const before = this.#probeFailure;
      // A busy machine may miss one.
      this.#probeFailure =
        (await this.#probeOnce(signal)) && (await this.#probeOnce(signal));
      if (signal.aborted || before === this.#probeFailure) {
        continue;
      }
      if (before === undefined) {
        this.#reflectors.forEach(reflector => reflector.restart());
      }
      this.#updateStatus();
    }
  }

  /** Answers what is wrong. */
  async #probeOnce(signal: AbortSignal): Promise<string | undefined> {
    try {
      await this.client.request({
        path: '/version',
        signal,
        timeoutMs: PROBE_TIMEOUT_MS,
      });
      this.#lastContact = new Date().toISOString();
      return undefined;
    } catch (error) {
      // Also a refusal is an answer.
      return KubernetesApiError.isInstance(error)
        ? undefined
        : toError(error).message;
    }
  }

  #updateStatus(): void {
    const required: ReflectorHealth[] = [];
    const missing: string[] = [];
    for (const resource of watchedResources) {
      const health = this.#health.get(resource.plural)!;
      if (resource.required) {
        required.push(health);
      } else if (health.state === 'denied' || health.state === 'failing') {
        missing.push(resource.plural);
      }
    }
    const problem =
      this.#probeFailure ??
      required.flatMap(health =>
        'message' in health ? [health.message] : [],
      )[0];

    if (problem !== undefined) {
      // Until it has been read once, the embedded cluster is being built: that is its normal start.
      const isStarting = !this.#synced && this.cluster.embedded;
      this.#setStatus(isStarting ? 'starting' : 'unreachable', problem);
    } else if (required.every(health => health.state === 'synced')) {
      this.#synced = true;
      this.#lastContact = new Date().toISOString();
      this.#setStatus(
        'synced',
        missing.length > 0
          ? `The portal cannot read ${missing.join(', ')}`
          : undefined,
      );
    } else if (!this.#synced) {
      this.#setStatus('connecting', undefined);
    }
  }

  #setStatus(state: ClusterStatus['state'], message: string | undefined): void {
    const before = this.#status;
    if (before.state === state && before.message === message) {
      return;
    }
    this.#status = {
      state,
      message,
      since: before.state === state ? before.since : new Date().toISOString(),
    };
    if (before.state !== state) {
      this.#logger.info(
        `Cluster ${this.cluster.name}: ${state}${
          message ? `: ${message}` : ''
        }`,
      );
      this.#onChange();
    }
  }
}

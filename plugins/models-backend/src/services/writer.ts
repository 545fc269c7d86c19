import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  serviceInventory,
  type ApplyResult,
  type DeleteResult,
  type ModelDeploymentRef,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import {
  clusterError,
  executePlan,
  KeyedLocks,
  removeApplied,
  waitUntilSeen,
} from '../apply';
import { serviceClaims } from '../claims';
import { ObjectApi } from '../objects';
import type { ClusterCache, RawObject } from '../watch';
import { judgeService, type Judgement } from './judgement';
import { planService } from './plan';

/** Makes and deletes team services. The caller has authorised the person. */
export class ServiceWriter {
  readonly #logger: LoggerService;
  readonly #locks = new KeyedLocks();

  static create(options: { logger: LoggerService }): ServiceWriter {
    return new ServiceWriter(options.logger);
  }

  private constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  /**
   * Makes a team service. The run that has begun it may do so again and ends in the same state, with the same key; for
   * anybody else the name is taken.
   */
  async apply(
    cluster: ClusterCache,
    spec: TeamServiceSpec,
    options: { userRef: string; runId: string | undefined } & Judgement,
  ): Promise<ApplyResult> {
    const { name, namespace } = spec.metadata;
    const ref = { cluster: cluster.cluster.name, namespace, name };
    // One at a time for the whole cluster: two names may ask for one route.
    return this.#exclusively(cluster, '', async api => {
      const { plan, claims } = await this.#plan(cluster, spec, {
        ...options,
        api,
      });
      judgeService({ spec, plan, claims, ...options });
      const { changes, objects } = await executePlan(plan, {
        api,
        logger: this.#logger,
      });
      await waitUntilSeen(cluster, objects);
      return { ref, revision: plan.revision, changes };
    });
  }

  async remove(
    cluster: ClusterCache,
    ref: ModelDeploymentRef,
    options: { onlyIfCreatedBy: string | undefined; signal: AbortSignal },
  ): Promise<DeleteResult> {
    return this.#exclusively(cluster, `${ref.namespace}/${ref.name}`, api =>
      removeApplied(ref, {
        ...options,
        api,
        inventory: serviceInventory,
        deleteVolume: false,
      }),
    );
  }

  async #plan(
    cluster: ClusterCache,
    spec: TeamServiceSpec,
    options: { api: ObjectApi; userRef: string; runId: string | undefined },
  ) {
    try {
      const [plan, { items }] = await Promise.all([
        planService(spec, options),
        // Asks the cluster: a watch may lag behind.
        cluster.client.request<{ items: RawObject[] }>({
          path: '/api/v1/services',
        }),
      ]);
      return { plan, claims: serviceClaims(items) };
    } catch (error) {
      throw clusterError(`'${spec.metadata.name}' could not be planned`, error);
    }
  }

  async #exclusively<T>(
    cluster: ClusterCache,
    key: string,
    work: (api: ObjectApi) => Promise<T>,
  ): Promise<T> {
    const { name, readOnly } = cluster.cluster;
    if (readOnly) {
      throw new ConflictError(`Cluster '${name}' is read-only for the portal`);
    }
    return this.#locks.run(`${name}/${key}`, () =>
      work(ObjectApi.create({ client: cluster.client })),
    );
  }
}

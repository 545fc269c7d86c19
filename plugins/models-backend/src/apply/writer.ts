import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelInventory,
  parentName,
  parseModelDeploymentSpec,
  readStoredSpec,
  type ApplyResult,
  type DeleteResult,
  type GpuProfile,
  type ModelDeploymentRef,
  type ModelDeploymentSpec,
} from '@llm-platform/plugin-models-common';
import type { ModelRuntime } from '@llm-platform/plugin-models-node';
import { requireFreeRoute } from '../claims';
import { ObjectApi } from '../objects';
import type { ClusterCache } from '../watch';
import { executePlan } from './apply';
import { clusterError } from './errors';
import { KeyedLocks } from './locks';
import { planApply } from './plan';
import { removeApplied } from './remove';
import { waitUntilSeen } from './seen';

/** How to serve a spec: the profile it asks for and the runtime that renders it. */
export interface Rendering {
  profile: GpuProfile;
  runtime: ModelRuntime;
}

/** Chooses the rendering of a spec; throws an InputError when it asks for a profile that there isn't. */
export function chooseRendering(
  spec: ModelDeploymentSpec,
  options: { profiles: GpuProfile[]; runtimes: ModelRuntime[] },
): Rendering {
  const profile = options.profiles.find(({ id }) => id === spec.spec.profile);
  if (!profile) {
    throw new InputError(
      `There is no GPU profile '${
        spec.spec.profile
      }': there are ${options.profiles.map(({ id }) => id).join(', ')}`,
    );
  }
  const runtime = options.runtimes.find(candidate => candidate.supports(spec));
  if (!runtime) {
    throw new InputError(`No runtime can serve '${spec.spec.model.id}'`);
  }
  return { profile, runtime };
}

/** Changes model deployments. The caller has authorised the person. */
export class DeploymentWriter {
  readonly #profiles: GpuProfile[];
  readonly #runtimes: ModelRuntime[];
  readonly #logger: LoggerService;
  readonly #locks = new KeyedLocks();

  static create(options: {
    profiles: GpuProfile[];
    runtimes: ModelRuntime[];
    logger: LoggerService;
  }): DeploymentWriter {
    return new DeploymentWriter(options);
  }

  private constructor(options: {
    profiles: GpuProfile[];
    runtimes: ModelRuntime[];
    logger: LoggerService;
  }) {
    this.#profiles = options.profiles;
    this.#runtimes = options.runtimes;
    this.#logger = options.logger;
  }

  /** The same spec again, with the same run id or another, changes nothing and answers the same revision. */
  async apply(
    cluster: ClusterCache,
    spec: ModelDeploymentSpec,
    options: { userRef: string; runId: string | undefined },
  ): Promise<ApplyResult> {
    const { name, namespace } = spec.metadata;
    const ref = { cluster: cluster.cluster.name, namespace, name };
    return this.#exclusively(cluster, ref, async api => {
      await requireFreeRoute(spec, cluster.client).catch(error => {
        throw clusterError(`'${name}' could not be planned`, error);
      });
      return this.#apply(cluster, spec, { ...options, api });
    });
  }

  /** Changes the replicas of the stored spec; 0 stops the model and keeps everything else. */
  async scale(
    cluster: ClusterCache,
    ref: ModelDeploymentRef,
    replicas: number,
    options: { userRef: string },
  ): Promise<ApplyResult> {
    return this.#exclusively(cluster, ref, async api => {
      const stored = await readSpec(ref, api);
      const parsed = parseModelDeploymentSpec({
        ...stored,
        spec: { ...stored.spec, replicas },
      });
      if (!parsed.ok) {
        throw new InputError(
          parsed.problems
            .map(({ path, message }) => `${path}: ${message}`)
            .join('; '),
        );
      }
      return this.#apply(cluster, parsed.spec, {
        ...options,
        runId: undefined,
        api,
      });
    });
  }

  async remove(
    cluster: ClusterCache,
    ref: ModelDeploymentRef,
    options: {
      deleteVolume: boolean;
      onlyIfCreatedBy: string | undefined;
      signal: AbortSignal;
    },
  ): Promise<DeleteResult> {
    return this.#exclusively(cluster, ref, api =>
      removeApplied(ref, { ...options, inventory: modelInventory, api }),
    );
  }

  async #apply(
    cluster: ClusterCache,
    spec: ModelDeploymentSpec,
    options: { userRef: string; runId: string | undefined; api: ObjectApi },
  ): Promise<ApplyResult> {
    const { api } = options;
    const { name, namespace } = spec.metadata;
    const { profile, runtime } = chooseRendering(spec, {
      profiles: this.#profiles,
      runtimes: this.#runtimes,
    });
    const plan = await planApply({
      inventory: modelInventory,
      spec,
      members: runtime.render({ spec, profile }),
      ...options,
    }).catch(error => {
      throw clusterError(`'${name}' could not be planned`, error);
    });
    const { changes, objects } = await executePlan(plan, {
      api,
      logger: this.#logger,
    });
    await waitUntilSeen(cluster, objects);
    return {
      ref: { cluster: cluster.cluster.name, namespace, name },
      revision: plan.revision,
      changes,
    };
  }

  async #exclusively<T>(
    cluster: ClusterCache,
    ref: ModelDeploymentRef,
    work: (api: ObjectApi) => Promise<T>,
  ): Promise<T> {
    if (cluster.cluster.readOnly) {
      throw new ConflictError(
        `Cluster '${ref.cluster}' is read-only for the portal`,
      );
    }
    // Not by namespace: the name is also the route, which only one namespace may have.
    return this.#locks.run(`${ref.cluster}/${ref.name}`, () =>
      work(ObjectApi.create({ client: cluster.client })),
    );
  }
}

async function readSpec(
  ref: ModelDeploymentRef,
  api: ObjectApi,
): Promise<ModelDeploymentSpec> {
  const parent = await api
    .get({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: ref.namespace,
      name: parentName(ref.name),
    })
    .catch(error => {
      throw clusterError(`'${ref.name}' could not be read`, error);
    });
  if (!parent) {
    throw new NotFoundError(
      `There is no model deployment '${ref.name}' in namespace '${ref.namespace}' on cluster '${ref.cluster}' that the portal made`,
    );
  }
  const { spec, problems } = readStoredSpec(parent);
  if (!spec) {
    throw new ConflictError(
      `The stored spec of '${ref.name}' cannot be read: ${problems
        .map(problem => problem.message)
        .join('; ')}`,
    );
  }
  return spec;
}

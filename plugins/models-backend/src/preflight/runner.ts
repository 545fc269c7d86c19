import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  buildPreflightReport,
  computeFit,
  lookupArchitecture,
  modelInventory,
  type GpuProfile,
  type KubeLimitRange,
  type KubeNode,
  type KubePod,
  type KubeResourceQuota,
  type KubeStorageClass,
  type ModelDeploymentSpec,
  type PreflightFacts,
  type PreflightReport,
} from '@llm-platform/plugin-models-common';
import type { ModelRuntime } from '@llm-platform/plugin-models-node';
import { chooseRendering, planApply } from '../apply';
import { claimsBefore } from '../claims';
import { ObjectApi } from '../objects';
import type { ClusterCache } from '../watch';
import { dryRunPlan } from './dryRun';
import { readSecretNames } from './secrets';

export interface PreflightOptions {
  profiles: GpuProfile[];
  runtimes: ModelRuntime[];
  namespaceTeams: Record<string, string>;
  viewerTeams: string[] | undefined;
  userRef: string;
  runId: string | undefined;
  logger: LoggerService;
}

/**
 * Collects the facts for the report: the cluster's from the watch cache, the server's own verdict by a dry run.
 * What cannot be read is left out, and the checks that need it say "unknown".
 */
export async function runPreflight(
  cluster: ClusterCache,
  spec: ModelDeploymentSpec,
  options: PreflightOptions,
): Promise<PreflightReport> {
  const { profile, runtime } = chooseRendering(spec, options);
  const { namespace } = spec.metadata;
  const [planned, secrets] = await Promise.all([
    planAndDryRun(cluster, spec, { ...options, profile, runtime }),
    readSecretNames(cluster, spec),
  ]);
  const services = cluster.listIfKnown('services');
  const architecture =
    spec.spec.model.architecture ??
    lookupArchitecture(spec.spec.model.id).architecture;
  return buildPreflightReport({
    spec,
    profile,
    gated: architecture?.gated,
    fit: computeFit({ spec, profile, profiles: options.profiles }),
    manifests: runtime.render({ spec, profile }),
    nodes: cluster.listIfKnown<KubeNode>('nodes'),
    pods: cluster.listIfKnown<KubePod>('pods'),
    namespaceTeams: options.namespaceTeams,
    viewerTeams: options.viewerTeams,
    quotas: cluster.listIfKnown<KubeResourceQuota>('resourcequotas', namespace),
    limitRanges: cluster.listIfKnown<KubeLimitRange>('limitranges', namespace),
    storageClasses: cluster.listIfKnown<KubeStorageClass>('storageclasses'),
    csiDrivers: cluster
      .listIfKnown('csidrivers')
      ?.map(driver => driver.metadata.name),
    routes: services && claimsBefore(spec, services),
    secrets,
    ...planned,
  });
}

async function planAndDryRun(
  cluster: ClusterCache,
  spec: ModelDeploymentSpec,
  options: PreflightOptions & { profile: GpuProfile; runtime: ModelRuntime },
): Promise<Pick<PreflightFacts, 'existing' | 'dryRun'>> {
  const api = ObjectApi.create({ client: cluster.client });
  try {
    const { profile, runtime, userRef, runId } = options;
    const plan = await planApply({
      api,
      inventory: modelInventory,
      spec,
      members: runtime.render({ spec, profile }),
      userRef,
      runId,
    });
    return {
      existing: [plan.parent, ...plan.members].flatMap(({ before }) =>
        before
          ? [before as NonNullable<PreflightFacts['existing']>[number]]
          : [],
      ),
      dryRun: await dryRunPlan(plan, { api }),
    };
  } catch (error) {
    options.logger.warn(
      `Preflight of ${spec.metadata.namespace}/${
        spec.metadata.name
      } could not ask cluster ${cluster.cluster.name}: ${
        toError(error).message
      }`,
    );
    return {};
  }
}

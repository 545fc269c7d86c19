import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  buildServicePreflight,
  renderServiceManifests,
  type KubeLimitRange,
  type KubePod,
  type KubeResourceQuota,
  type ServicePreflightFacts,
  type ServicePreflightReport,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import { serviceClaims } from '../claims';
import { ObjectApi } from '../objects';
import { dryRunPlan } from '../preflight';
import type { ClusterCache } from '../watch';
import { existingOf, madeBy, type Judgement } from './judgement';
import { planService } from './plan';

/**
 * Collects the facts for the report: the cluster's from the watch cache, the server's own verdict by a dry run. What
 * cannot be read is left out, and the checks that need it say "unknown".
 */
export async function runServicePreflight(
  cluster: ClusterCache,
  spec: TeamServiceSpec,
  options: {
    userRef: string;
    runId: string | undefined;
    logger: LoggerService;
  } & Judgement,
): Promise<ServicePreflightReport> {
  const { namespace } = spec.metadata;
  const { logger, userRef, ...known } = options;
  const services = cluster.listIfKnown('services');
  return buildServicePreflight(
    {
      ...known,
      spec,
      claims: services && serviceClaims(services),
      ...(cluster.cluster.embedded && { image: 'to be built' }),
      quotas: cluster.listIfKnown<KubeResourceQuota>(
        'resourcequotas',
        namespace,
      ),
      limitRanges: cluster.listIfKnown<KubeLimitRange>(
        'limitranges',
        namespace,
      ),
      pods: cluster.listIfKnown<KubePod>('pods'),
      ...(await planAndDryRun(cluster, spec, options)),
    },
    { manifests: renderServiceManifests(spec) },
  );
}

async function planAndDryRun(
  cluster: ClusterCache,
  spec: TeamServiceSpec,
  options: {
    userRef: string;
    runId: string | undefined;
    logger: LoggerService;
  },
): Promise<Pick<ServicePreflightFacts, 'existing' | 'madeBy' | 'dryRun'>> {
  const { logger, userRef, runId } = options;
  const { name, namespace } = spec.metadata;
  const api = ObjectApi.create({ client: cluster.client });
  try {
    const plan = await planService(spec, { api, userRef, runId });
    return {
      existing: existingOf(plan),
      madeBy: madeBy(plan),
      dryRun: await dryRunPlan(plan, { api }),
    };
  } catch (error) {
    logger.warn(
      `Preflight of service ${namespace}/${name} could not ask cluster ${
        cluster.cluster.name
      }: ${toError(error).message}`,
    );
    return {};
  }
}

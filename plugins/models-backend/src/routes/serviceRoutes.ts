import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  modelUsePermission,
  parseTeamServiceSpec,
  serviceCreatePermission,
  serviceDeletePermission,
  serviceReadPermission,
  type ApplyResult,
  type DeleteResult,
  type ServicePreflightReport,
  type ServiceRequest,
  type TeamServiceDetail,
} from '@llm-platform/plugin-models-common';
import type { Request, Router } from 'express';
import { z } from 'zod';
import { userRefOf } from '../authorization';
import { listModels, readServiceDetail } from '../deployments';
import { runServicePreflight, type Judgement } from '../services';
import type { ClusterCache } from '../watch';
import { parseInput, refParams } from './route';
import type { RouteDependencies } from './types';

const SERVICE = '/v1/services/:cluster/:namespace/:name';

const requestSchema = z.strictObject({
  cluster: z.string().min(1).max(63),
  spec: z.record(z.string(), z.unknown()),
  runId: z.string().min(1).max(200).optional(),
});
const removeQuery = z.object({
  onlyIfCreatedBy: z.string().min(1).max(200).optional(),
});

function parseRequest(body: unknown): ServiceRequest {
  const request = parseInput(requestSchema, body);
  const parsed = parseTeamServiceSpec(request.spec);
  if (!parsed.ok) {
    throw new InputError(
      parsed.problems
        .map(({ path, message }) => (path ? `${path}: ${message}` : message))
        .join('; '),
    );
  }
  return { ...request, spec: parsed.spec };
}

function aboutSpec(req: Request) {
  const { cluster, spec, runId } = (req.body ?? {}) as Partial<ServiceRequest>;
  const text = (value: unknown) =>
    typeof value === 'string' ? value.slice(0, 253) : '';
  return {
    cluster: text(cluster),
    namespace: text(spec?.metadata?.namespace),
    name: text(spec?.metadata?.name),
    runId: text(runId),
  };
}

/** Team services: judging, making, reading and deleting one. */
export function addServiceRoutes(
  router: Router,
  deps: RouteDependencies,
): void {
  const { routes, authorization, cache, serviceWriter } = deps;

  /** The same permission for judging as for doing: a dry run, too, shows what is in the namespace. */
  async function authorize(
    request: ServiceRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<ClusterCache> {
    const { namespace, team } = request.spec.metadata;
    const owner = await authorization.requireInNamespace(
      serviceCreatePermission,
      { cluster: request.cluster, namespace },
      options,
    );
    if (owner !== team) {
      throw new InputError(
        owner
          ? `metadata.team: namespace '${namespace}' belongs to team '${owner}', not to '${team}'`
          : `metadata.namespace: '${namespace}' belongs to no team`,
      );
    }
    return cache.getCluster(request.cluster);
  }

  /** A service's key opens the model to whoever calls the service, so its maker must be allowed to use the model. */
  async function knownTo(
    cluster: ClusterCache,
    options: { credentials: BackstageCredentials },
  ): Promise<Judgement> {
    const [reading, using] = await Promise.all([
      authorization.access(serviceReadPermission, options),
      authorization.access(modelUsePermission, options),
    ]);
    return {
      namespaceTeams: authorization.namespaceTeams(cluster),
      viewerTeams: authorization.viewerTeams(reading),
      usableModels: listModels([cluster], {
        authorization,
        access: using,
      }).map(({ route }) => route),
    };
  }

  router.post(
    '/v1/services/preflight',
    routes.read(
      { eventId: 'service-preflight' },
      async ({ req, credentials }): Promise<ServicePreflightReport> => {
        const request = parseRequest(req.body);
        const cluster = await authorize(request, { credentials });
        return runServicePreflight(cluster, request.spec, {
          ...(await knownTo(cluster, { credentials })),
          userRef: userRefOf(credentials),
          runId: request.runId,
          logger: deps.logger,
        });
      },
    ),
  );

  // For the steps of a task that touch no cluster: the repository and the image.
  router.post(
    '/v1/services/authorize',
    routes.read(
      { eventId: 'service-authorize' },
      async ({ req, credentials }): Promise<{ team: string }> => {
        const request = parseRequest(req.body);
        await authorize(request, { credentials });
        return { team: request.spec.metadata.team };
      },
    ),
  );

  router.post(
    '/v1/services',
    routes.write(
      { eventId: 'service-apply', about: aboutSpec },
      async ({ req, credentials }): Promise<ApplyResult> => {
        const request = parseRequest(req.body);
        const cluster = await authorize(request, { credentials });
        if (cluster.status.state !== 'synced') {
          throw new ConflictError(
            `Cluster '${request.cluster}' does not answer now: ${
              cluster.status.message ?? cluster.status.state
            }`,
          );
        }
        return serviceWriter.apply(cluster, request.spec, {
          ...(await knownTo(cluster, { credentials })),
          userRef: userRefOf(credentials),
          runId: request.runId,
        });
      },
    ),
  );

  router.get(
    SERVICE,
    routes.read(
      { eventId: 'service-fetch' },
      async ({ req, credentials }): Promise<TeamServiceDetail> => {
        const ref = parseInput(refParams, req.params);
        const team = await authorization.requireInNamespace(
          serviceReadPermission,
          ref,
          { credentials },
        );
        return readServiceDetail(cache.getCluster(ref.cluster), ref, {
          team,
          logs: deps.logs,
        });
      },
    ),
  );

  router.delete(
    SERVICE,
    routes.write(
      {
        eventId: 'service-delete',
        severityLevel: 'high',
        about: req => ({ ...req.params }),
      },
      async ({ req, res, credentials }): Promise<DeleteResult> => {
        const ref = parseInput(refParams, req.params);
        const query = parseInput(removeQuery, req.query);
        await authorization.requireInNamespace(serviceDeletePermission, ref, {
          credentials,
        });
        const gone = new AbortController();
        res.once('close', () => gone.abort());
        return serviceWriter.remove(cache.getCluster(ref.cluster), ref, {
          onlyIfCreatedBy: query.onlyIfCreatedBy,
          signal: gone.signal,
        });
      },
    ),
  );
}

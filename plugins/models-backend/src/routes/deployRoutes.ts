import { ConflictError, InputError } from '@backstage/errors';
import {
  modelCreatePermission,
  modelReadPermission,
  modelUpdatePermission,
  parentName,
  parseModelDeploymentSpec,
  type ApplyResult,
  type DeployRequest,
  type PreflightReport,
} from '@llm-platform/plugin-models-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request, Router } from 'express';
import { z } from 'zod';
import { userRefOf } from '../authorization';
import { runPreflight } from '../preflight';
import { parseInput } from './route';
import type { RouteDependencies } from './types';

const requestSchema = z.strictObject({
  cluster: z.string().min(1).max(63),
  spec: z.record(z.string(), z.unknown()),
  runId: z.string().min(1).max(200).optional(),
});

function parseRequest(body: unknown): DeployRequest {
  const request = parseInput(requestSchema, body);
  const parsed = parseModelDeploymentSpec(request.spec);
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
  const { cluster, spec, runId } = (req.body ?? {}) as Partial<DeployRequest>;
  const text = (value: unknown) =>
    typeof value === 'string' ? value.slice(0, 253) : '';
  return {
    cluster: text(cluster),
    namespace: text(spec?.metadata?.namespace),
    name: text(spec?.metadata?.name),
    runId: text(runId),
  };
}

/** Judging and applying a spec. */
export function addDeployRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache, config, runtimes, writer } = deps;

  /** The same permission for judging as for doing: a dry run, too, shows what is in the namespace. */
  async function authorize(
    request: DeployRequest,
    options: { credentials: BackstageCredentials },
  ) {
    const { name, namespace, team } = request.spec.metadata;
    const cluster = cache.getCluster(request.cluster);
    const exists = cluster.get('configmaps', parentName(name), namespace);
    const owner = await authorization.requireInNamespace(
      exists ? modelUpdatePermission : modelCreatePermission,
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
    return cluster;
  }

  router.post(
    '/v1/preflight',
    routes.read(
      { eventId: 'model-preflight' },
      async ({ req, credentials }): Promise<PreflightReport> => {
        const request = parseRequest(req.body);
        const cluster = await authorize(request, { credentials });
        const access = await authorization.access(modelReadPermission, {
          credentials,
        });
        return runPreflight(cluster, request.spec, {
          profiles: config.profiles,
          runtimes,
          namespaceTeams: authorization.namespaceTeams(cluster),
          viewerTeams: authorization.viewerTeams(access),
          userRef: userRefOf(credentials),
          runId: request.runId,
          logger: deps.logger,
        });
      },
    ),
  );

  router.post(
    '/v1/models',
    routes.write(
      { eventId: 'model-apply', about: aboutSpec },
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
        return writer.apply(cluster, request.spec, {
          userRef: userRefOf(credentials),
          runId: request.runId,
        });
      },
    ),
  );
}

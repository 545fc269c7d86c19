import {
  modelDeletePermission,
  modelReadPermission,
  modelUpdatePermission,
  type DeleteResult,
  type ListResponse,
  type ModelDeploymentDetail,
  type ModelDeploymentSummary,
} from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { z } from 'zod';
import { userRefOf } from '../authorization';
import { listModels, readDetail } from '../deployments';
import { booleanParam, parseInput, refParams } from './route';
import type { RouteDependencies } from './types';

const MODEL = '/v1/models/:cluster/:namespace/:name';

const listQuery = z.object({ team: z.string().max(63).optional() });
const scaleBody = z.strictObject({ replicas: z.int().min(0).max(100) });
const removeQuery = z.object({
  deleteVolume: booleanParam,
  onlyIfCreatedBy: z.string().min(1).max(200).optional(),
});

/** The model deployments: list, detail, scale, delete. */
export function addModelRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache, logs, writer } = deps;

  router.get(
    '/v1/models',
    routes.read(
      { eventId: 'model-list' },
      async ({
        req,
        credentials,
      }): Promise<ListResponse<ModelDeploymentSummary>> => {
        const { team } = parseInput(listQuery, req.query);
        if (team !== undefined) {
          await authorization.requireTeam(modelReadPermission, team, {
            credentials,
          });
        }
        const access = await authorization.access(modelReadPermission, {
          credentials,
        });
        const { version } = cache;
        return {
          items: listModels(cache.getReadClusters(), {
            authorization,
            access,
            team,
          }),
          errors: cache.getErrors(),
          version,
        };
      },
    ),
  );

  router.get(
    MODEL,
    routes.read(
      { eventId: 'model-fetch' },
      async ({ req, credentials }): Promise<ModelDeploymentDetail> => {
        const ref = parseInput(refParams, req.params);
        const team = await authorization.requireInNamespace(
          modelReadPermission,
          ref,
          { credentials },
        );
        return readDetail(cache.getCluster(ref.cluster), ref, { team, logs });
      },
    ),
  );

  router.post(
    `${MODEL}/scale`,
    routes.write(
      { eventId: 'model-scale', about: req => ({ ...req.params }) },
      async ({ req, credentials }): Promise<ModelDeploymentSummary> => {
        const ref = parseInput(refParams, req.params);
        const { replicas } = parseInput(scaleBody, req.body);
        const team = await authorization.requireInNamespace(
          modelUpdatePermission,
          ref,
          { credentials },
        );
        const cluster = cache.getCluster(ref.cluster);
        await writer.scale(cluster, ref, replicas, {
          userRef: userRefOf(credentials),
        });
        return readDetail(cluster, ref, { team, logs });
      },
    ),
  );

  router.delete(
    MODEL,
    routes.write(
      {
        eventId: 'model-delete',
        severityLevel: 'high',
        about: req => ({
          ...req.params,
          deleteVolume: req.query.deleteVolume === 'true',
        }),
      },
      async ({ req, res, credentials }): Promise<DeleteResult> => {
        const ref = parseInput(refParams, req.params);
        const query = parseInput(removeQuery, req.query);
        await authorization.requireInNamespace(modelDeletePermission, ref, {
          credentials,
        });
        const gone = new AbortController();
        res.once('close', () => gone.abort());
        return writer.remove(cache.getCluster(ref.cluster), ref, {
          deleteVolume: query.deleteVolume,
          onlyIfCreatedBy: query.onlyIfCreatedBy,
          signal: gone.signal,
        });
      },
    ),
  );
}

import {
  modelReadPermission,
  type ClusterError,
  type GpuAllocation,
} from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { readAllocation } from '../gpus';
import type { RouteDependencies } from './types';

/** Who holds which GPU. */
export function addGpuRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache } = deps;

  router.get(
    '/v1/gpus',
    routes.read(
      { eventId: 'gpu-list' },
      async ({
        credentials,
      }): Promise<
        GpuAllocation & { errors: ClusterError[]; version: number }
      > => {
        await authorization.requirePlatform({ credentials });
        const access = await authorization.access(modelReadPermission, {
          credentials,
        });
        const { version } = cache;
        return {
          ...readAllocation(cache.getReadClusters(), {
            authorization,
            viewerTeams: authorization.viewerTeams(access),
          }),
          errors: cache.getErrors(),
          version,
        };
      },
    ),
  );
}

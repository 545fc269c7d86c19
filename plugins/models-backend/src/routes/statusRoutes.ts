import type {
  ChangeHint,
  PlatformStatus,
} from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { z } from 'zod';
import { readBootstrap } from '../status';
import { parseInput } from './route';
import type { RouteDependencies } from './types';

const changesQuery = z.object({
  since: z.coerce.number().nonnegative().optional(),
});

/** What the portal knows about itself: available before any cluster is. */
export function addStatusRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache, config } = deps;

  router.get(
    '/v1/status',
    routes.read(
      { eventId: 'status-fetch' },
      async ({ credentials }): Promise<PlatformStatus> => {
        await authorization.requirePlatform({ credentials });
        return {
          clusters: cache.getStatuses(),
          bootstrap: await readBootstrap(config.bootstrapFile),
        };
      },
    ),
  );

  router.get(
    '/v1/changes',
    routes.read(
      { eventId: 'changes-fetch' },
      async ({ req, credentials }): Promise<ChangeHint> => {
        parseInput(changesQuery, req.query);
        await authorization.requirePlatform({ credentials });
        return { version: cache.version };
      },
    ),
  );
}

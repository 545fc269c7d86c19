import {
  modelReadPermission,
  type PlatformOverview,
} from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { readOverview } from '../overview';
import { readBootstrap } from '../status';
import type { RouteDependencies } from './types';

/** What the home page needs, in one answer. */
export function addOverviewRoutes(
  router: Router,
  deps: RouteDependencies,
): void {
  const { routes, authorization, cache, config } = deps;

  router.get(
    '/v1/overview',
    routes.read(
      { eventId: 'overview-fetch' },
      async ({ credentials }): Promise<PlatformOverview> => {
        await authorization.requirePlatform({ credentials });
        const [access, bootstrap, user] = await Promise.all([
          authorization.access(modelReadPermission, { credentials }),
          readBootstrap(config.bootstrapFile),
          deps.userInfo.getUserInfo(credentials),
        ]);
        return {
          status: { clusters: cache.getStatuses(), bootstrap },
          ...(await readOverview({
            cache,
            authorization,
            access,
            logs: deps.logs,
          })),
          myTeams: deps.teams.membershipOf(user.ownershipEntityRefs).teams,
        };
      },
    ),
  );
}

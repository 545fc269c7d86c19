import { NotFoundError } from '@backstage/errors';
import {
  modelReadPermission,
  type ListResponse,
  type TeamView,
} from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { z } from 'zod';
import { readTeam } from '../teams';
import { objectName, parseInput } from './route';
import type { RouteDependencies } from './types';

const teamParams = z.object({ team: objectName });

/** The teams that own namespaces. */
export function addTeamRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache, logs } = deps;

  router.get(
    '/v1/teams',
    routes.read(
      { eventId: 'team-list' },
      async ({ credentials }): Promise<ListResponse<{ team: string }>> => {
        const access = await authorization.access(modelReadPermission, {
          credentials,
        });
        const { version } = cache;
        return {
          items: authorization
            .teams()
            .filter(team => access.covers(team))
            .map(team => ({ team })),
          errors: cache.getErrors(),
          version,
        };
      },
    ),
  );

  router.get(
    '/v1/teams/:team',
    routes.read(
      { eventId: 'team-fetch' },
      async ({ req, credentials }): Promise<TeamView> => {
        const { team } = parseInput(teamParams, req.params);
        await authorization.requireTeam(modelReadPermission, team, {
          credentials,
        });
        const view = await readTeam(team, { cache, authorization, logs });
        // A team without a namespace on a cluster that is merely out of reach isn't missing.
        if (view.namespaces.length === 0 && view.errors.length === 0) {
          throw new NotFoundError(
            `Team '${team}' owns no namespace: label one with llm-platform.dev/team=${team}`,
          );
        }
        return view;
      },
    ),
  );
}

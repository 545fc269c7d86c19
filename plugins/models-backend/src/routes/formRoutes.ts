import {
  lookupArchitecture,
  modelCreatePermission,
  type ArchitectureLookup,
  type FormOptions,
} from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { z } from 'zod';
import { readFormOptions } from '../form';
import { parseInput } from './route';
import type { RouteDependencies } from './types';

const architectureQuery = z.object({
  model: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\w.-]+(\/[\w.-]+)?$/, 'is not a Hugging Face model id'),
});

/** What the form offers. */
export function addFormRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache, config } = deps;

  router.get(
    '/v1/form',
    routes.read(
      { eventId: 'form-fetch' },
      async ({ credentials }): Promise<FormOptions> => {
        const access = await authorization.access(modelCreatePermission, {
          credentials,
        });
        return readFormOptions({ cache, authorization, access, config });
      },
    ),
  );

  router.get(
    '/v1/architectures',
    routes.read(
      { eventId: 'architecture-fetch' },
      async ({ req, credentials }): Promise<ArchitectureLookup> => {
        const { model } = parseInput(architectureQuery, req.query);
        await authorization.requirePlatform({ credentials });
        return lookupArchitecture(model);
      },
    ),
  );
}

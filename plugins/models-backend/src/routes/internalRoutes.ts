import type { Router } from 'express';
import { readInventory } from '../inventory';
import type { RouteDependencies } from './types';

/** For other plugins of this backend, never for people: it names what belongs to all teams. */
export function addInternalRoutes(
  router: Router,
  deps: RouteDependencies,
): void {
  router.get('/v1/internal/inventory', async (req, res) => {
    await deps.httpAuth.credentials(req, { allow: ['service'] });
    res.json({ clusters: readInventory(deps) });
  });
}

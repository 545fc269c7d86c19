import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { clusterErrors } from './clusterErrors';
import { addDeployRoutes } from './deployRoutes';
import { addFormRoutes } from './formRoutes';
import { addGpuRoutes } from './gpuRoutes';
import { addInternalRoutes } from './internalRoutes';
import { addLogRoutes } from './logRoutes';
import { addModelRoutes } from './modelRoutes';
import { addOverviewRoutes } from './overviewRoutes';
import { addServiceRoutes } from './serviceRoutes';
import { addStatusRoutes } from './statusRoutes';
import { addTeamRoutes } from './teamRoutes';
import type { RouteDependencies } from './types';

/** A spec with a pasted config.json is some kilobytes. */
const MAX_BODY = '256kb';

export function createRouter(deps: RouteDependencies): Router {
  const router = PromiseRouter();
  router.use(express.json({ limit: MAX_BODY }));
  addStatusRoutes(router, deps);
  addOverviewRoutes(router, deps);
  addModelRoutes(router, deps);
  addDeployRoutes(router, deps);
  addServiceRoutes(router, deps);
  addLogRoutes(router, deps);
  addGpuRoutes(router, deps);
  addTeamRoutes(router, deps);
  addFormRoutes(router, deps);
  addInternalRoutes(router, deps);
  router.use(clusterErrors);
  return router;
}

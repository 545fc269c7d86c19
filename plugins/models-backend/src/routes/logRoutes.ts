import { toError } from '@backstage/errors';
import { modelReadPermission } from '@llm-platform/plugin-models-common';
import type { Router } from 'express';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { openLog } from '../logs';
import { booleanParam, objectName, parseInput, refParams } from './route';
import type { RouteDependencies } from './types';

const RECHECK_MS = 60_000;
const MAX_FOLLOW_MS = 60 * 60_000;

const logParams = refParams.extend({ pod: objectName });
const logQuery = z.object({
  container: objectName.optional(),
  previous: booleanParam,
  follow: booleanParam,
  tailLines: z.coerce.number().int().min(1).max(5_000).default(500),
});

/** Logs, as they come. */
export function addLogRoutes(router: Router, deps: RouteDependencies): void {
  const { routes, authorization, cache, logger } = deps;

  router.get(
    '/v1/models/:cluster/:namespace/:name/pods/:pod/logs',
    routes.stream({ eventId: 'model-logs' }, async context => {
      const { req, res, credentials } = context;
      const { pod, ...ref } = parseInput(logParams, req.params);
      const query = parseInput(logQuery, req.query);
      const authorize = () =>
        authorization.requireInNamespace(modelReadPermission, ref, {
          credentials,
        });
      await authorize();

      const end = new AbortController();
      res.once('close', () => end.abort());
      const log = await openLog(cache.getCluster(ref.cluster), ref, {
        ...query,
        pod,
        signal: end.signal,
      });
      // A followed log outlives what the person may do: who is moved out of the team stops reading.
      const recheck = setInterval(() => {
        authorize().catch(error => {
          logger.info(`A followed log ends: ${toError(error).message}`);
          end.abort();
        });
      }, RECHECK_MS);
      const limit = setTimeout(() => end.abort(), MAX_FOLLOW_MS);
      res.setHeader('Content-Type', 'text/plain; charset=utf-8');
      // The backend's compression would hold lines back.
      res.setHeader('Cache-Control', 'no-transform, no-store');
      res.setHeader('X-Content-Type-Options', 'nosniff');
      res.flushHeaders();
      try {
        await pipeline(log, res);
      } catch (error) {
        // The headers are sent: the end of the stream is all that can be said.
        if (!end.signal.aborted) {
          logger.info(`A log stream broke off: ${toError(error).message}`);
        }
        res.end();
      } finally {
        clearInterval(recheck);
        clearTimeout(limit);
        end.abort();
      }
    }),
  );
}

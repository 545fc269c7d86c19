import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  DashboardDocument,
  DashboardList,
  DataSourceList,
  LabelResponse,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import express, { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { Dashboards } from '../dashboards';
import type { DataSources } from '../dataSources';
import { labelRequest, queryRequest, type Queries } from '../queries';
import type { UserCredentials, Viewer, Viewers } from '../viewers';
import { failures } from './failures';

/** A hundred long expressions. */
const MAX_BODY = '1mb';

const listParams = z.object({
  entity: z.string().min(1).max(1_000).optional(),
});

/** What the routes work with. */
export interface RouterOptions {
  auditor: AuditorService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  dashboards: Dashboards;
  queries: Queries;
  sources: DataSources;
  viewers: Viewers;
}

export function createRouter(options: RouterOptions): Router {
  const { catalog, dashboards, queries, sources, viewers } = options;
  const router = PromiseRouter();
  router.use(express.json({ limit: MAX_BODY }));

  /** Answers what the handler returns; a denial goes into the audit log. */
  const answer =
    <T>(
      eventId: string,
      handler: (
        req: Request,
        credentials: UserCredentials,
        /** That the browser doesn't wait any more. */
        signal: AbortSignal,
      ) => Promise<T>,
    ): express.RequestHandler =>
    async (req, res) => {
      const left = new AbortController();
      // It also comes after the answer, when there is nothing left to stop
      res.on('close', () => left.abort());
      const credentials = await options.httpAuth.credentials(req, {
        allow: ['user'],
      });
      try {
        const body = await handler(req, credentials, left.signal);
        if (res.destroyed) {
          return;
        }
        res.setHeader('Cache-Control', 'no-store');
        res.json(body);
      } catch (error) {
        if (toError(error).name === 'NotAllowedError') {
          const event = await options.auditor.createEvent({
            eventId,
            request: req,
            severityLevel: 'medium',
          });
          await event.fail({ error: toError(error) });
        }
        throw error;
      }
    };

  /** For who may see dashboards. */
  const answerReader = <T>(
    eventId: string,
    handler: (req: Request, credentials: UserCredentials) => Promise<T>,
  ) =>
    answer(eventId, async (req, credentials) => {
      await viewers.requireDashboards(credentials);
      return handler(req, credentials);
    });

  /** For who may see any series; the body says what is asked. */
  const answerViewer = <Q, T>(
    eventId: string,
    schema: z.ZodType<Q>,
    handler: (
      viewer: Viewer,
      question: Q,
      options: { signal: AbortSignal },
    ) => Promise<T>,
  ) =>
    answer(eventId, async (req, credentials, signal) => {
      const viewer = await viewers.viewerOf(credentials);
      return handler(viewer, parse(schema, req.body), { signal });
    });

  router.get(
    '/v1/dashboards',
    answerReader(
      'dashboard-list',
      async (req, credentials): Promise<DashboardList> => {
        const { entity: ref } = parse(listParams, req.query);
        if (ref === undefined) {
          return dashboards.list();
        }
        const entity = await entityOf(catalog, ref, credentials);
        return dashboards.listFor(entity);
      },
    ),
  );

  router.get(
    '/v1/dashboards/:source/:uid',
    answerReader(
      'dashboard-fetch',
      ({ params }): Promise<DashboardDocument> =>
        dashboards.get(params.source, params.uid),
    ),
  );

  router.get(
    '/v1/data-sources',
    answerReader(
      'data-source-list',
      (): Promise<DataSourceList> => sources.list(),
    ),
  );

  router.post(
    '/v1/query',
    answerViewer(
      'panel-query',
      queryRequest,
      (...asked): Promise<QueryResponse> => queries.query(...asked),
    ),
  );

  router.post(
    '/v1/labels',
    answerViewer(
      'panel-labels',
      labelRequest,
      (...asked): Promise<LabelResponse> => queries.choices(...asked),
    ),
  );

  router.use(failures);
  return router;
}

/** Asked for as the person: an entity that they can't see selects nothing. */
async function entityOf(
  catalog: CatalogService,
  ref: string,
  credentials: UserCredentials,
) {
  let entity;
  try {
    entity = await catalog.getEntityByRef(ref, { credentials });
  } catch (error) {
    if (error instanceof TypeError) {
      throw new InputError(`'${ref}' is no reference of an entity`, error);
    }
    throw error;
  }
  if (!entity) {
    throw new NotFoundError(`There is no entity '${ref}' that you may see`);
  }
  return entity;
}

/** Throws an InputError that names each wrong field. */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(({ path, message }) =>
          path.length > 0 ? `${path.join('.')}: ${message}` : message,
        )
        .join('; '),
    );
  }
  return parsed.data;
}

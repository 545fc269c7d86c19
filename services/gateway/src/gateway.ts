import {
  createMetricsApp,
  createServiceApp,
  Health,
  ServiceError,
  toServiceError,
  type ServiceLogger,
} from '@llm-platform/service-kit';
import type { FastifyInstance } from 'fastify';
import {
  ApplicationKeys,
  authenticate,
  PortalTokens,
  type Credential,
  type CredentialSource,
} from './credentials';
import {
  watchedLimits,
  type LimitsSource,
  type SharedLimitsOptions,
} from './limits';
import { addInferenceRoutes } from './openai/inferenceRoutes';
import { addModelRoutes } from './openai/modelRoutes';
import { RouteTable, type RouteSource, type RouteState } from './routes';
import { GatewayMetrics } from './telemetry/metrics';
import { Forwarder, Upstreams, type UpstreamsOptions } from './upstream';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every request under `/v1` before anything else is done. */
    credential: Credential | undefined;
    /** Name of the route once it is known to be one. */
    routeName: string | undefined;
  }
}

/** @public */
export interface GatewayLimits {
  bodyBytes: number;
  /** Until a client has sent its whole request. */
  requestMs: number;
  connectMs: number;
  firstByteMs: number;
  idleMs: number;
  stallMs: number;
}

/** @public */
export const defaultLimits: GatewayLimits = {
  bodyBytes: 10 * 1024 * 1024,
  requestMs: 60_000,
  connectMs: 3_000,
  firstByteMs: 600_000,
  idleMs: 120_000,
  stallMs: 60_000,
};

/** @public */
export interface GatewayOptions {
  routes: RouteSource;
  credentials: CredentialSource;
  logger: ServiceLogger;
  limits?: Partial<GatewayLimits>;
  /** Where the usage limits of teams and people come from; left out, only keys have some. */
  usageLimits?: LimitsSource;
  /** Counts usage limits together with the other replicas. */
  sharedLimits?: SharedLimitsOptions;
  proxy?: UpstreamsOptions['proxy'];
  /** The clock that credentials expire and limits reset by. */
  now?: () => number;
}

/** @public */
export interface Gateway {
  app: FastifyInstance;
  /** `/metrics`, which names every team's models: not for clients. It closes with `app`. */
  metricsApp: FastifyInstance;
  health: Health;
  /** Ends the streams that are still running; their clients are told. */
  endStreams(): void;
}

const STATES: RouteState[] = [
  'ready',
  'starting',
  'scaled-to-zero',
  'unavailable',
];

/**
 * Builds the gateway; whoever calls it lets it listen. The sources start with
 * the app and stop when it is closed.
 *
 * @public
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { logger, now = Date.now } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const health = new Health([
    'routes',
    'application-keys',
    'signing-keys',
    ...(options.usageLimits ? ['usage-limits'] : []),
  ]);
  const metrics = new GatewayMetrics();
  const usage = watchedLimits({
    logger,
    registry: metrics.registry,
    now,
    ...(options.usageLimits && { source: options.usageLimits }),
    ...(options.sharedLimits && { shared: options.sharedLimits }),
  });
  const table = new RouteTable();
  const keys = new ApplicationKeys();
  const tokens = new PortalTokens();
  const upstreams = new Upstreams({
    connectTimeoutMs: limits.connectMs,
    ...(options.proxy && { proxy: options.proxy }),
  });
  const forwarder = new Forwarder(upstreams, limits);

  const app = createServiceApp({
    logger,
    health,
    bodyLimit: limits.bodyBytes,
    requestTimeoutMs: limits.requestMs,
  });
  const metricsApp = createMetricsApp(metrics.registry);
  // Bodies stay the bytes they are.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  app.register(async api => {
    api.decorateRequest('credential');
    api.decorateRequest('routeName');

    api.addHook('onRequest', async (request, reply) => {
      const startedAt = performance.now();
      const path = request.routeOptions.url ?? 'unmatched';
      reply.raw.once('close', () => {
        const model = request.routeName ?? '';
        metrics.requests
          .labels(
            request.credential?.team ?? '',
            model,
            path,
            // 499 as nginx has it: the client left before there was a status.
            reply.raw.headersSent ? `${reply.raw.statusCode}` : '499',
          )
          .inc();
        metrics.duration
          .labels(model, path)
          .observe((performance.now() - startedAt) / 1000);
      });
      if (!health.started) {
        throw new ServiceError(
          'not_ready',
          'The gateway is starting and has not read its routes and keys yet.',
          { headers: { 'retry-after': '2' } },
        );
      }
      const credential = await authenticate(
        request.headers,
        { keys, tokens },
        now(),
      );
      request.credential = credential;
      request.facts.team = credential.team;
      request.facts.credential = `${credential.kind}/${credential.id}`;
      request.facts.subject = credential.subject;
    });
    api.addHook('onError', async (_request, _reply, error) => {
      metrics.rejections.labels(toServiceError(error).code).inc();
    });

    addModelRoutes(api, table);
    addInferenceRoutes(api, { table, forwarder, metrics });
  });

  app.addHook('onReady', async () => {
    options.routes.start({
      onRoutes: routes => {
        table.replace(routes);
        upstreams.keepOnly(table.origins());
        for (const state of STATES) {
          metrics.routes
            .labels(state)
            .set(routes.filter(route => route.state === state).length);
        }
        health.set('routes', true);
      },
      onProblem: message => logger.warn({ source: 'routes' }, message),
    });
    options.credentials.start({
      onApplicationKeys: records => {
        keys.replace(records);
        health.set('application-keys', true);
      },
      onSigningKeys: records => {
        for (const problem of tokens.replace(records)) {
          logger.warn({ source: 'credentials' }, problem);
        }
        health.set('signing-keys', true);
      },
      onProblem: message => logger.warn({ source: 'credentials' }, message),
    });
    usage.start((ok, detail) => health.set('usage-limits', ok, detail));
  });
  app.addHook('onClose', async () => {
    await Promise.all([options.routes.stop(), options.credentials.stop()]);
    await upstreams.close();
    await usage.stop();
    await metricsApp.close();
  });

  return { app, metricsApp, health, endStreams: () => forwarder.endAll() };
}

import {
  createMetricsApp,
  createServiceApp,
  Health,
  type ServiceLogger,
  type Tracing,
} from '@llm-platform/service-kit';
import type { FastifyInstance } from 'fastify';
import { addServiceRoutes } from './api/serviceRoutes';
import { Entrance, RoutingMetrics, Switchboard, type Visit } from './calls';
import {
  ApplicationKeys,
  PortalTokens,
  type CredentialSource,
} from './credentials';
import {
  watchedLimits,
  type LimitsSource,
  type SharedLimitsOptions,
} from './limits';
import { addInferenceRoutes } from './openai/inferenceRoutes';
import { addModelRoutes } from './openai/modelRoutes';
import {
  RouteTable,
  type ConfiguredRoutes,
  type Route,
  type RouteOrigin,
  type RouteSource,
  type RouteState,
} from './routes';
import { GatewayMetrics } from './telemetry/metrics';
import {
  Forwarder,
  Outliers,
  Upstreams,
  type OutlierSettings,
  type UpstreamsOptions,
} from './upstream';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every request under `/v1` and `/api` before anything else is done. */
    visit: Visit | undefined;
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
  totalMs: number;
  stallMs: number;
}

/** @public */
export const defaultLimits: GatewayLimits = {
  bodyBytes: 10 * 1024 * 1024,
  requestMs: 60_000,
  connectMs: 3_000,
  firstByteMs: 600_000,
  idleMs: 120_000,
  totalMs: 3_600_000,
  stallMs: 60_000,
};

/** @public */
export interface GatewayOptions {
  routes: RouteSource;
  /** The operator's route table. */
  configuredRoutes?: ConfiguredRoutes;
  credentials: CredentialSource;
  logger: ServiceLogger;
  /** What `startTracing` gave. */
  tracing?: Tracing;
  limits?: Partial<GatewayLimits>;
  /** Where the usage limits of teams and people come from; left out, only keys have some. */
  usageLimits?: LimitsSource;
  /** Counts usage limits together with the other replicas. */
  sharedLimits?: SharedLimitsOptions;
  proxy?: UpstreamsOptions['proxy'];
  /** When endpoints are left out. */
  outliers?: OutlierSettings;
  /** The clock that credentials expire and limits reset by. */
  now?: () => number;
}

/** @public */
export interface Gateway {
  app: FastifyInstance;
  /** `/metrics`, which names every team's models: not for clients. It closes with `app`. */
  metricsApp: FastifyInstance;
  health: Health;
  /** Ends the streams that are still running: their clients are told, and cut off a second later. */
  endStreams(): void;
}

/** Long enough to tell the clients before their connections are cut. */
const LAST_WORDS_MS = 1000;

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
  const keys = new ApplicationKeys();
  const usage = watchedLimits({
    logger,
    registry: metrics.registry,
    now,
    keys: () => keys.valid(now()),
    ...(options.usageLimits && { source: options.usageLimits }),
    ...(options.sharedLimits && { shared: options.sharedLimits }),
  });
  const table = new RouteTable();
  const tokens = new PortalTokens();
  const upstreams = new Upstreams({
    connectTimeoutMs: limits.connectMs,
    ...(options.proxy && { proxy: options.proxy }),
  });
  const outliers = new Outliers(options.outliers);
  const routing = new RoutingMetrics(metrics.registry, {
    table,
    isEjected: origin => outliers.isEjected(origin),
  });
  const forwarder = new Forwarder({
    upstreams,
    timeouts: limits,
    outliers,
    listener: {
      onRetry: route => routing.retries.labels(route).inc(),
      onBudgetSpent: route => routing.retriesRefused.labels(route).inc(),
      onEjected: (route, origin, forMs) => {
        routing.ejections.labels(route).inc();
        logger.warn(
          { source: 'routes', model: route, endpoint: origin, for_ms: forMs },
          'an endpoint fails time after time and is left out for a while',
        );
      },
    },
  });
  const entrance = new Entrance({ health, keys, tokens, metrics, now });
  const switchboard = new Switchboard({
    table,
    forwarder,
    admission: usage.admission,
    metrics,
    routing,
  });

  const app = createServiceApp({
    logger,
    health,
    bodyLimit: limits.bodyBytes,
    requestTimeoutMs: limits.requestMs,
    ...(options.tracing && { tracing: options.tracing }),
    errorBody: (problem, requestId, path) =>
      path.startsWith('/api/')
        ? problem.toApiBody(requestId)
        : problem.toBody(),
  });
  const metricsApp = createMetricsApp(metrics.registry);
  // Bodies stay the bytes they are.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );

  app.register(async api => {
    api.decorateRequest('visit');
    api.addHook('onRequest', async (request, reply) => {
      const startedAt = performance.now();
      const path = request.routeOptions.url ?? 'unmatched';
      reply.raw.once('close', () =>
        entrance.leave({
          request: { facts: request.facts, startedAt },
          visit: request.visit,
          path,
          status: reply.raw.headersSent ? reply.raw.statusCode : undefined,
        }),
      );
      request.visit = await entrance.enter(request);
    });
    addModelRoutes(api, table);
    addServiceRoutes(api, { table, switchboard });
  });
  addInferenceRoutes(app, { table, entrance, switchboard });

  const serve = (origin: RouteOrigin, routes: Route[]) => {
    for (const problem of table.replace(origin, routes)) {
      logger.warn({ source: 'routes' }, problem);
    }
    const origins = table.origins();
    upstreams.keepOnly(origins);
    outliers.keepOnly(origins);
    const all = table.all();
    for (const state of STATES) {
      metrics.routes
        .of(state)
        .set(all.filter(route => route.state === state).length);
    }
  };

  app.addHook('onReady', async () => {
    options.routes.start({
      onRoutes: routes => {
        serve('cluster', routes);
        health.set('routes', true);
      },
      onProblem: message => logger.warn({ source: 'routes' }, message),
    });
    options.configuredRoutes?.start({
      onRoutes: routes => {
        serve('configured', routes);
        routing.tableReloads.labels('used').inc();
        routing.tableValid.set(1);
      },
      onRefused: problems => {
        routing.tableReloads.labels('refused').inc();
        routing.tableValid.set(0);
        logger.error(
          { source: 'routes', problems },
          'the changed route table is not valid; the one before it stays in use',
        );
      },
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
    options.configuredRoutes?.stop();
    forwarder.close();
    await upstreams.close();
    await usage.stop();
    await metricsApp.close();
  });

  return {
    app,
    metricsApp,
    health,
    endStreams() {
      forwarder.endAll();
      // Who doesn't read the end, or still sends a request, is not waited for.
      setTimeout(() => app.server.closeAllConnections(), LAST_WORDS_MS).unref();
    },
  };
}

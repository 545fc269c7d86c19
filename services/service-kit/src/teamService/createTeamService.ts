import type { FastifyInstance, FastifyReply } from 'fastify';
import { Gauge } from 'prom-client';
import type { z } from 'zod';
import { ServiceError } from '../errors';
import { Health } from '../health';
import { createLogger, createServiceApp, type ServiceLogger } from '../http';
import { createMetricsApp, createMetricsRegistry } from '../metrics';
import { ModelMonitor, openModelConnections } from '../models';
import { addPredictRoute } from '../predict/predictRoute';
import { startTracing } from '../telemetry';
import {
  readTeamServiceEnvironment,
  type TeamServiceEnvironment,
} from './environment';
import { measuredModel, measureRequests } from './metrics';
import { addOpenApi } from './openApi';
import type { TeamService, TeamServiceDefinition } from './TeamService';
import { useZod } from './zodRoutes';

/** @public */
export interface TeamServiceParts {
  /** Where the environment's variables come from; the process's if left out. */
  env?: Record<string, string | undefined>;
  logger?: ServiceLogger;
  /** Between two checks of the model, in ms, where CHECK_INTERVAL_SECONDS isn't fine enough. */
  checkIntervalMs?: number;
}

/** @public */
export interface BuiltTeamService {
  app: FastifyInstance;
  /** `/metrics`, for a port of its own. It closes with `app`. */
  metricsApp: FastifyInstance;
  health: Health;
  logger: ServiceLogger;
  env: TeamServiceEnvironment;
  /** Ends what is still running; its clients are told. */
  endAll(): void;
}

/** For one check of the model. */
const CHECK_TIMEOUT_MS = 5000;

/** Long enough to tell the clients before their connections are cut. */
const LAST_WORDS_MS = 1000;

/**
 * Builds a team service; whoever calls it lets it listen.
 *
 * @throws EnvironmentError with every problem of the environment
 * @public
 */
export function createTeamService<Own extends z.ZodRawShape>(
  definition: TeamServiceDefinition<Own>,
  parts: TeamServiceParts = {},
): BuiltTeamService {
  const env = readTeamServiceEnvironment(definition, parts.env ?? process.env);
  const { name, title, description } = definition;
  const logger = (
    parts.logger ?? createLogger({ service: name, level: env.LOG_LEVEL })
  ).child({ team: env.TEAM });
  const health =
    env.READINESS === 'model'
      ? new Health(['model'])
      : new Health([], ['model']);
  const registry = createMetricsRegistry(name);
  const tracing = startTracing({
    service: name,
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    onProblem: message => logger.warn({ source: 'tracing' }, message),
  });
  const connections = openModelConnections(env);
  const client =
    definition.model?.(env, connections.connect) ?? connections.connect();
  const modelUp = new Gauge({
    name: 'team_service_model_up',
    help: 'Whether the model answered when it was asked last.',
    registers: [registry],
  });
  const monitor = new ModelMonitor({
    client,
    health,
    condition: 'model',
    intervalMs: parts.checkIntervalMs ?? env.CHECK_INTERVAL_SECONDS * 1000,
    timeoutMs: CHECK_TIMEOUT_MS,
    logger,
    onChange: up => modelUp.set(up ? 1 : 0),
  });
  const stopping = new AbortController();
  const service: TeamService<Own> = {
    env,
    logger,
    registry,
    tracing,
    model: measuredModel(client, registry, error => monitor.doubt(error)),
    stopping: stopping.signal,
    signalOf: reply => signalOf(reply, stopping.signal),
  };

  const app = createServiceApp({
    logger,
    health,
    tracing,
    bodyLimit: env.MAX_BODY_BYTES,
    requestTimeoutMs: env.REQUEST_TIMEOUT_SECONDS * 1000,
    errorBody: (problem, requestId) => problem.toApiBody(requestId),
  });
  const metricsApp = createMetricsApp(registry);
  measureRequests(app, registry);
  app.register(async scope => {
    const routes = useZod(scope);
    await addOpenApi(scope, { title, description, version: '1' });
    addPredictRoute(routes, service);
    await definition.routes(routes, service);
  });
  app.addHook('onReady', async () => monitor.start());
  app.addHook('onClose', async () => {
    monitor.stop();
    await connections.close();
    await metricsApp.close();
  });

  return {
    app,
    metricsApp,
    health,
    logger,
    env,
    endAll() {
      stopping.abort(
        new ServiceError(
          'shutting_down',
          'The service stops and its grace period is over.',
        ),
      );
      setTimeout(() => app.server.closeAllConnections(), LAST_WORDS_MS).unref();
    },
  };
}

function signalOf(reply: FastifyReply, stopping: AbortSignal): AbortSignal {
  const controller = new AbortController();
  // Not AbortSignal.any: what it makes of a signal that lives as long as the
  // process is not let go of when the request is over (see `startDeadline`).
  const onStop = () => controller.abort(stopping.reason);
  if (stopping.aborted) {
    onStop();
  }
  stopping.addEventListener('abort', onStop);
  reply.raw.once('close', () => {
    stopping.removeEventListener('abort', onStop);
    if (!reply.raw.writableFinished) {
      controller.abort(
        new ServiceError('client_gone', 'The client left before the answer.'),
      );
    }
  });
  return controller.signal;
}

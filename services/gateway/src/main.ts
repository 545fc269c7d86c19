import {
  createLogger,
  EnvironmentError,
  shutDownOnSignals,
  startTracing,
} from '@llm-platform/service-kit';
import { readGatewayEnvironment } from './environment';
import { createGateway } from './gateway';
import { readConfiguredRoutes } from './configuredRoutes';
import { RouteTableError } from './routes';
import {
  KubernetesCredentialSource,
  KubernetesLimitsSource,
  KubernetesRouteSource,
  loadKubeConfig,
} from './kube';

async function main() {
  const env = readGatewayEnvironment(process.env);
  const logger = createLogger({ service: 'gateway', level: env.LOG_LEVEL });
  const configuredRoutes = await readConfiguredRoutes(env);
  const kubeConfig = loadKubeConfig(env.KUBECONFIG);
  const { app, metricsApp, health, endStreams } = createGateway({
    routes: new KubernetesRouteSource(kubeConfig),
    credentials: new KubernetesCredentialSource(kubeConfig, env.POD_NAMESPACE),
    usageLimits: new KubernetesLimitsSource(kubeConfig, env.POD_NAMESPACE),
    ...(env.REDIS_URL && {
      sharedLimits: { url: env.REDIS_URL, whenAway: env.LIMITS_FAIL },
    }),
    ...(configuredRoutes && { configuredRoutes }),
    logger,
    tracing: startTracing({
      service: 'gateway',
      endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
      onProblem: message => logger.warn({ source: 'tracing' }, message),
    }),
    limits: {
      bodyBytes: env.MAX_BODY_BYTES,
      requestMs: env.REQUEST_TIMEOUT_SECONDS * 1000,
      connectMs: env.CONNECT_TIMEOUT_SECONDS * 1000,
      firstByteMs: env.FIRST_BYTE_TIMEOUT_SECONDS * 1000,
      idleMs: env.IDLE_TIMEOUT_SECONDS * 1000,
      totalMs: env.TOTAL_TIMEOUT_SECONDS * 1000,
      stallMs: env.CLIENT_STALL_TIMEOUT_SECONDS * 1000,
    },
    ...(env.HTTP_PROXY && {
      proxy: { url: env.HTTP_PROXY, noProxy: env.NO_PROXY },
    }),
  });
  shutDownOnSignals({
    health,
    drainDelayMs: env.DRAIN_DELAY_SECONDS * 1000,
    graceMs: env.GRACE_SECONDS * 1000,
    close: () => app.close(),
    force: endStreams,
    log: message => logger.info(message),
  });
  await metricsApp.listen({ host: env.HOST, port: env.METRICS_PORT });
  const address = await app.listen({ host: env.HOST, port: env.PORT });
  logger.info({ address }, 'listening');
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${
      error instanceof EnvironmentError || error instanceof RouteTableError
        ? error.message
        : `The gateway could not start: ${
            error instanceof Error ? error.stack : error
          }`
    }\n`,
  );
  process.exit(1);
});

import Fastify, { type FastifyInstance } from 'fastify';
import { Registry, collectDefaultMetrics } from 'prom-client';

/**
 * A registry of its own per service instance, so that tests and several
 * services in one process don't share figures.
 *
 * @public
 */
export function createMetricsRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** `GET /metrics` in Prometheus' text format. @public */
export function addMetricsRoute(
  app: FastifyInstance,
  registry: Registry,
): void {
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', registry.contentType);
    return registry.metrics();
  });
}

/**
 * An app with `GET /metrics` and nothing else, for a port that only Prometheus
 * reaches. It does not listen.
 *
 * @public
 */
export function createMetricsApp(registry: Registry): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true });
  addMetricsRoute(app, registry);
  return app;
}

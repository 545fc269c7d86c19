import type { FastifyInstance } from 'fastify';
import type { Health } from './Health';

/**
 * `/startup`, `/health` and `/ready`, as the probes of every service expect
 * them. `/health` answers while the event loop turns: being degraded or
 * draining is no reason to be restarted.
 *
 * @public
 */
export function addHealthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/startup', (_request, reply) => {
    reply.code(health.started ? 200 : 503).send(health.report());
  });
  app.get('/health', (_request, reply) => {
    reply.send(health.report());
  });
  app.get('/ready', (_request, reply) => {
    reply.code(health.state === 'ready' ? 200 : 503).send(health.report());
  });
}

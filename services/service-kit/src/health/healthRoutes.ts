import type { FastifyInstance } from 'fastify';
import type { Health } from './Health';

/**
 * `/startup`, `/health` and `/ready`, as the probes of every service expect
 * them. The first two answer while the event loop turns: waiting for something
 * outside is no reason to be killed, which would only hide what is waited for
 * (incident 24). It is `/ready` that keeps requests away.
 *
 * @public
 */
export function addHealthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/startup', (_request, reply) => {
    reply.send(health.report());
  });
  app.get('/health', (_request, reply) => {
    reply.send(health.report());
  });
  app.get('/ready', (_request, reply) => {
    reply.code(health.state === 'ready' ? 200 : 503).send(health.report());
  });
}

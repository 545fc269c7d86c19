import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request's log line says beside the usual: never prompts or credentials. */
    facts: Record<string, string | number | boolean | undefined>;
  }
}

/** Probes and scrapes come every few seconds and would drown the rest. */
const QUIET_ROUTES = new Set(['/startup', '/health', '/ready', '/metrics']);

/**
 * One line per request, written when its response is over, whether it ended,
 * was hijacked or the client left.
 *
 * @public
 */
export function addRequestLog(app: FastifyInstance): void {
  app.decorateRequest('facts');
  app.addHook('onRequest', (request, reply, done) => {
    request.facts = {};
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const finished = reply.raw.writableFinished;
      const duration = performance.now() - startedAt;
      // Whoever else listens for the end may still add facts.
      setImmediate(() => {
        // The pattern, not the URL: a client may put anything in a query.
        const route = request.routeOptions.url ?? 'unmatched';
        const level = QUIET_ROUTES.has(route) ? 'debug' : 'info';
        request.log[level](
          {
            method: request.method,
            route,
            status: reply.raw.headersSent ? reply.raw.statusCode : undefined,
            duration_ms: Math.round(duration * 10) / 10,
            aborted: finished ? undefined : true,
            ...request.facts,
          },
          'request',
        );
      });
    });
    done();
  });
}

import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';
import { ServiceError } from '../errors';
import type { ModelClient } from '../models';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Requests by route pattern and status: a client can't make up either. */
export function measureRequests(app: FastifyInstance, registry: Registry) {
  const requests = new Counter({
    name: 'team_service_requests_total',
    help: 'Requests by route and status; 499 where the client left first.',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'team_service_request_duration_seconds',
    help: 'From the request to the end of its response.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers: [registry],
  });
  app.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    const route = request.routeOptions.url ?? 'unmatched';
    reply.raw.once('close', () => {
      requests.inc({
        route,
        status: reply.raw.headersSent ? reply.raw.statusCode : 499,
      });
      duration.observe({ route }, (performance.now() - startedAt) / 1000);
    });
    done();
  });
}

/**
 * The same client, with its calls counted and its failures told.
 *
 * @param onFailure - called with the error of every call that failed
 */
export function measuredModel(
  client: ModelClient,
  registry: Registry,
  onFailure: (error: unknown) => void,
): ModelClient {
  const calls = new Counter({
    name: 'team_service_model_calls_total',
    help: 'Calls to the model by outcome: ok, an error code, or cancelled.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'team_service_model_call_duration_seconds',
    help: 'From asking the model to its whole answer.',
    buckets: SECONDS,
    registers: [registry],
  });
  const tokens = new Counter({
    name: 'team_service_model_tokens_total',
    help: 'Tokens as the model counted them.',
    labelNames: ['kind'],
    registers: [registry],
  });
  return {
    checksAreFree: client.checksAreFree,
    check: signal => client.check(signal),
    variants: signal => client.variants(signal),
    close: () => client.close(),
    async invoke(payload, options) {
      try {
        const answer = await client.invoke(payload, options);
        calls.inc({ outcome: 'ok' });
        duration.observe(answer.latencyMs / 1000);
        tokens.inc({ kind: 'prompt' }, answer.usage?.promptTokens ?? 0);
        tokens.inc({ kind: 'completion' }, answer.usage?.completionTokens ?? 0);
        return answer;
      } catch (error) {
        calls.inc({
          outcome: error instanceof ServiceError ? error.code : 'cancelled',
        });
        onFailure(error);
        throw error;
      }
    },
  };
}

import type { FastifyInstance } from 'fastify';
import type { Credential } from '../credentials';
import type { RouteTable } from '../routes';
import type { GatewayMetrics } from '../telemetry/metrics';
import { upstreamHeaders, type Forwarder } from '../upstream';
import { readModelRequest, withModel } from './modelRequest';
import { noEndpointError, resolveRoute } from './resolveRoute';

const INFERENCE_PATHS = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/embeddings',
] as const;

/** The inference calls: resolve the model, pass the bytes on, count. */
export function addInferenceRoutes(
  app: FastifyInstance,
  parts: {
    table: RouteTable;
    forwarder: Forwarder;
    metrics: GatewayMetrics;
  },
): void {
  const { table, forwarder, metrics } = parts;
  for (const path of INFERENCE_PATHS) {
    app.post(path, async (request, reply) => {
      const credential = request.credential as Credential;
      const body = request.body as Buffer | undefined;
      const { model, stream } = readModelRequest(body);
      const route = resolveRoute(table, credential, model);
      const { facts } = request;
      facts.model = route.name;
      facts.stream = stream;
      // From here on the name is a route's, fit to be a label.
      request.routeName = route.name;
      if (route.endpoints.length === 0) {
        throw noEndpointError(route);
      }

      const inFlight = metrics.inFlight.labels(route.name);
      inFlight.inc();
      try {
        const result = await forwarder.forward({
          endpoints: route.endpoints,
          path,
          headers: upstreamHeaders(request.headers, request.id),
          body:
            route.servedName === model
              ? (body as Buffer)
              : withModel(body as Buffer, route.servedName),
          reply,
          requestId: request.id,
          expectsDone: path !== '/v1/embeddings',
          isCurrent: origin =>
            table.get(route.name)?.endpoints.some(e => e.origin === origin) ??
            false,
        });
        facts.outcome = result.outcome;
        facts.attempts = result.attempts;
        if (result.firstByteMs !== undefined) {
          facts.first_byte_ms = Math.round(result.firstByteMs * 10) / 10;
          metrics.firstByte
            .labels(route.name)
            .observe(result.firstByteMs / 1000);
        }
        if (result.usage) {
          facts.prompt_tokens = result.usage.promptTokens;
          facts.completion_tokens = result.usage.completionTokens;
          metrics.countTokens(credential.team, route.name, result.usage);
        }
        if (result.outcome === 'interrupted') {
          metrics.upstreamFailures.labels(route.name, 'interrupted').inc();
        }
        if (result.error) {
          metrics.upstreamFailures.labels(route.name, result.error.code).inc();
          throw result.error;
        }
      } finally {
        inFlight.dec();
      }
      return reply;
    });
  }
}

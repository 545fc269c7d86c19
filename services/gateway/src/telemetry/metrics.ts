import { createMetricsRegistry } from '@llm-platform/service-kit';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Usage } from '../upstream';

const SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
];

/**
 * The gateway's metrics. Label values are teams of credentials, names of
 * routes, paths of this program, HTTP statuses and error codes: all finite,
 * none of them a client's invention.
 */
export class GatewayMetrics {
  readonly registry: Registry = createMetricsRegistry('gateway');

  readonly requests = this.add(
    new Counter({
      name: 'llm_gateway_requests_total',
      help: 'Requests to the OpenAI API by what became of them.',
      labelNames: ['team', 'model', 'path', 'status'],
      registers: [],
    }),
  );

  readonly duration = this.add(
    new Histogram({
      name: 'llm_gateway_request_duration_seconds',
      help: 'Time from request to the end of the answer.',
      labelNames: ['model', 'path'],
      buckets: SECONDS,
      registers: [],
    }),
  );

  readonly firstByte = this.add(
    new Histogram({
      name: 'llm_gateway_time_to_first_byte_seconds',
      help: 'Time until the first byte of the answer came from the model.',
      labelNames: ['model'],
      buckets: SECONDS,
      registers: [],
    }),
  );

  readonly inFlight = this.add(
    new Gauge({
      name: 'llm_gateway_in_flight_requests',
      help: 'Requests being answered now.',
      labelNames: ['model'],
      registers: [],
    }),
  );

  readonly rejections = this.add(
    new Counter({
      name: 'llm_gateway_rejections_total',
      help: 'Requests the gateway answered itself, by error code.',
      labelNames: ['code'],
      registers: [],
    }),
  );

  readonly upstreamFailures = this.add(
    new Counter({
      name: 'llm_gateway_upstream_failures_total',
      help: 'Requests that a model failed on, by error code.',
      labelNames: ['model', 'code'],
      registers: [],
    }),
  );

  readonly routes = this.add(
    new Gauge({
      name: 'llm_gateway_routes',
      help: 'Routes by state.',
      labelNames: ['state'],
      registers: [],
    }),
  );

  private readonly tokens = this.add(
    new Counter({
      name: 'llm_gateway_tokens_total',
      help: 'Tokens as the models counted them. A stream that was not asked for its usage is not in it.',
      labelNames: ['team', 'model', 'direction'],
      registers: [],
    }),
  );

  countTokens(team: string, model: string, usage: Usage): void {
    this.tokens.labels(team, model, 'in').inc(usage.promptTokens);
    this.tokens.labels(team, model, 'out').inc(usage.completionTokens);
  }

  private add<T extends Counter<string> | Histogram<string> | Gauge<string>>(
    metric: T,
  ): T {
    this.registry.registerMetric(metric);
    return metric;
  }
}

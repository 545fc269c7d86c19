import {
  createMetricsRegistry,
  SeriesCounter,
  SeriesGauge,
  SeriesHistogram,
} from '@llm-platform/service-kit';
import type { Registry } from 'prom-client';
import type { Credential } from '../credentials';
import type { ForwardResult, Usage } from '../upstream';

const SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
];
const SECONDS_PER_TOKEN = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1,
];

/** Tokens of people are counted by their team; the label is for applications. */
const PORTAL = 'portal';

/**
 * The gateway's metrics. Label values are teams and ids of known credentials,
 * names of routes, paths of this program, HTTP statuses and error codes: all
 * finite, none of them a client's invention. `team` is always whose credential
 * asked, and empty where none was let in: by it a team sees its own numbers.
 */
export class GatewayMetrics {
  readonly registry: Registry = createMetricsRegistry('gateway');

  readonly requests = new SeriesCounter(this.registry, {
    name: 'llm_gateway_requests_total',
    help: 'Requests by what became of them.',
    labelNames: ['team', 'model', 'path', 'status'],
  });

  readonly duration = new SeriesHistogram(this.registry, {
    name: 'llm_gateway_request_duration_seconds',
    help: 'Time from request to the end of the answer.',
    labelNames: ['model', 'path', 'team'],
    buckets: SECONDS,
  });

  readonly inFlight = new SeriesGauge(this.registry, {
    name: 'llm_gateway_in_flight_requests',
    help: 'Requests being answered now.',
    labelNames: ['model', 'team'],
  });

  readonly rejections = new SeriesCounter(this.registry, {
    name: 'llm_gateway_rejections_total',
    help: 'Requests the gateway answered itself, by error code.',
    labelNames: ['code', 'team'],
  });

  readonly upstreamFailures = new SeriesCounter(this.registry, {
    name: 'llm_gateway_upstream_failures_total',
    help: 'Requests that a model failed on, by error code.',
    labelNames: ['model', 'code', 'team'],
  });

  readonly routes = new SeriesGauge(this.registry, {
    name: 'llm_gateway_routes',
    help: 'Routes by state.',
    labelNames: ['state'],
  });

  private readonly firstByte = new SeriesHistogram(this.registry, {
    name: 'llm_gateway_time_to_first_byte_seconds',
    help: 'Time until the first byte of an answer came from the model, streamed or not.',
    labelNames: ['model', 'team'],
    buckets: SECONDS,
  });

  private readonly firstToken = new SeriesHistogram(this.registry, {
    name: 'llm_gateway_time_to_first_token_seconds',
    help: 'Time until the first event of a stream came from the model.',
    labelNames: ['model', 'team'],
    buckets: SECONDS,
  });

  private readonly perToken = new SeriesHistogram(this.registry, {
    name: 'llm_gateway_time_per_output_token_seconds',
    help: 'Time per token of a stream, after its first.',
    labelNames: ['model', 'team'],
    buckets: SECONDS_PER_TOKEN,
  });

  private readonly tokens = new SeriesCounter(this.registry, {
    name: 'llm_gateway_tokens_total',
    help: 'Tokens as the models counted them. `key` is the id of an application key, or `portal`.',
    labelNames: ['team', 'model', 'key', 'direction'],
  });

  countTokens(credential: Credential, model: string, usage: Usage): void {
    const { kind, id, team } = credential;
    const key = kind === 'application-key' ? id : PORTAL;
    this.tokens.of(team, model, key, 'in').inc(usage.promptTokens);
    this.tokens.of(team, model, key, 'out').inc(usage.completionTokens);
  }

  /** Records when the pieces of an answer came; `endMs` is from the request to its end. */
  observeAnswer(
    team: string,
    model: string,
    answer: Pick<ForwardResult, 'firstByteMs' | 'usage' | 'streamed'>,
    endMs: number,
  ): void {
    const { firstByteMs, usage, streamed } = answer;
    if (firstByteMs === undefined) {
      return;
    }
    this.firstByte.of(model, team).observe(firstByteMs / 1000);
    if (streamed) {
      this.firstToken.of(model, team).observe(firstByteMs / 1000);
      const more = (usage?.completionTokens ?? 0) - 1;
      if (more > 0) {
        this.perToken
          .of(model, team)
          .observe((endMs - firstByteMs) / 1000 / more);
      }
    }
  }
}
